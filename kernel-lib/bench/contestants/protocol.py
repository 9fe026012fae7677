"""A contestant's main loop: one JSON request a line on standard input, one JSON reply a line on standard output.

A row is built, and run once or more to warm up, when it first comes; ``repeat: 0`` asks for no more than that.
"""

import json
import resource
import sys


def serve(prepare, versions):
    """``prepare(row)`` builds a row and gives a function that runs it once and returns milliseconds (a step)."""
    replies, sys.stdout = sys.stdout, sys.stderr
    prepared = {}

    def run(request):
        row = request["run"]
        if row["id"] not in prepared:
            prepared.clear()
            prepared[row["id"]] = prepare(row)
        return {"ms": [prepared[row["id"]]() for _ in range(request["repeat"])]}

    def memory(_):
        unit = 2**20 if sys.platform == "darwin" else 2**10
        return {"mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit}

    answers = {"run": run, "memory": memory, "versions": lambda _: {"versions": versions()}}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = next(answer for name, answer in answers.items() if name in request)(request)
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}".split("\n")[0]}
        print(json.dumps(reply), file=replies, flush=True)
