"""Runs cells through Jupyter's own client: run_cells.py KERNEL FOLDER CELL... Prints for each a line of JSON: [status, texts]."""

import json
import sys

from jupyter_client.manager import start_new_kernel

name, folder, *cells = sys.argv[1:]
manager, client = start_new_kernel(kernel_name=name, cwd=folder, startup_timeout=60)
try:
    for code in cells:
        texts = []

        def note(message):
            content = message["content"]
            text = content.get("text") or content.get("evalue") or content.get("data", {}).get("text/plain")
            if text:
                texts.append(text)

        reply = client.execute_interactive(code, output_hook=note, timeout=60)
        print(json.dumps([reply["content"]["status"], texts], ensure_ascii=False))
finally:
    client.stop_channels()
    manager.shutdown_kernel()
