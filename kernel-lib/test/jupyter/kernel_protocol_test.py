"""The kernel against jupyter_kernel_test, which checks every message by the protocol's specification.

Run in the environment that has the kernelspec: python -m unittest -v kernel-lib/test/jupyter/kernel_protocol_test.py
"""

import unittest

import jupyter_kernel_test
from jupyter_kernel_test.msgspec_v5 import validate_message

TIMEOUT = 15


class TypeScriptKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "typescript"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("goodbye, world")'

    completion_samples = [
        {"text": "encodeURIC", "matches": {"encodeURIComponent"}},
        {"text": "Math.sq", "matches": {"sqrt", "SQRT2", "SQRT1_2"}},
        {"text": '"🙂".codePointA', "matches": {"codePointAt"}},
    ]

    complete_code_samples = ["1", "const x = 1", "function f() {\n  return 2;\n}", "await 3", 'import fs from "node:fs"']
    incomplete_code_samples = ["function f() {", "const x = [1,", "`text", "/* a comment", "if (true) {\n"]
    invalid_code_samples = ["const = 7q", ")", "let 1 = 2"]

    code_page_something = "Math.max?"
    code_generate_error = "throw new Error('wrong')"

    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "[...'ab'].map((letter, i) => letter + i)", "result": "[ 'a0', 'b1' ]"},
        {"code": "const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1)); factorial(5)", "result": "120"},
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "await Promise.resolve(6)", "result": "6"},
    ]

    code_display_data = [
        {"code": 'display({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>bold</b>" }) })', "mime": "text/html"},
        {"code": 'display({ [Symbol.for("Jupyter.display")]: () => ({ "image/png": new Uint8Array([137, 80]) }) })', "mime": "image/png"},
        {"code": "display([{ x: 1 }])", "mime": "text/html"},
        {"code": "display(1)", "mime": "text/plain"},
    ]

    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "1 + 2*"

    code_inspect_sample = "Math.max"
    code_clear_output = "clearOutput()"

    def test_stdin(self) -> None:
        self.flush_channels()
        msg_id = self.kc.execute('prompt("Name? ") + "!"', allow_stdin=True)
        request = self.kc.get_stdin_msg(timeout=TIMEOUT)
        # Not validated: jupyter_kernel_test wants a number as `password`, the protocol a boolean.
        self.assertEqual(request["parent_header"]["msg_id"], msg_id)
        self.assertEqual(request["content"], {"prompt": "Name? ", "password": False})
        self.kc.input("नमस्ते 🙂")
        reply = self.get_non_kernel_info_reply(timeout=TIMEOUT)
        validate_message(reply, "execute_reply", msg_id)
        self.assertEqual(reply["content"]["status"], "ok")

    def test_stdin_refused(self) -> None:
        self.flush_channels()
        self.kc.execute("prompt()", allow_stdin=False)
        reply = self.get_non_kernel_info_reply(timeout=TIMEOUT)
        self.assertEqual(reply["content"]["ename"], "StdinNotImplementedError")

    def test_interrupt(self) -> None:
        self.flush_channels()
        for code in ("for (;;);", "await null; for (;;);", "await new Promise(() => {})"):
            with self.subTest(code=code):
                msg_id = self.kc.execute(code)
                while self.kc.get_iopub_msg(timeout=TIMEOUT)["msg_type"] != "execute_input":
                    pass
                self.km.interrupt_kernel()
                reply = self.get_non_kernel_info_reply(timeout=TIMEOUT)
                validate_message(reply, "execute_reply", msg_id)
                self.assertEqual(reply["content"]["ename"], "KeyboardInterrupt")
                self.flush_channels()

    def test_user_expressions(self) -> None:
        self.flush_channels()
        self.kc.execute("const seven = 7", user_expressions={"good": "seven + 1", "bad": "missing"})
        reply = self.get_non_kernel_info_reply(timeout=TIMEOUT)
        expressions = reply["content"]["user_expressions"]
        self.assertEqual(expressions["good"]["data"]["text/plain"], "8")
        self.assertEqual(expressions["bad"]["status"], "error")

    def test_comms(self) -> None:
        self.flush_channels()
        msg_id = self.kc.comm_info()
        reply = self.get_non_kernel_info_reply(timeout=TIMEOUT)
        validate_message(reply, "comm_info_reply", msg_id)
        message = self.kc.session.msg("comm_open", {"comm_id": "1", "target_name": "unknown", "data": {}})
        self.kc.shell_channel.send(message)
        while True:
            answer = self.kc.get_iopub_msg(timeout=TIMEOUT)
            if answer["parent_header"].get("msg_id") == message["header"]["msg_id"] and answer["msg_type"] == "comm_close":
                break
        self.assertEqual(answer["content"]["comm_id"], "1")


class TypeScriptIopubWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "typescript"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
