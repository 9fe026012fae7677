import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { findKernel } from "../../src/notebook/kernels";
import type { Cell, Output } from "../../src/notebook/nbformat";
import { parseNotebook } from "../../src/notebook/parse";
import { serializeNotebook } from "../../src/notebook/serialize";
import { code, markdown, notebook } from "./make";

const PYTHON = resolve(__dirname, "../../../.venv/bin/python");
const CLI = resolve(__dirname, "../../dist/notebook/cli.js");

/** Executes a notebook file as `jupyter execute` does, validates it and saves it. */
const NBCLIENT = `
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, kernel_name="typescript", coalesce_streams=True, timeout=60).execute()
for cell in notebook.cells:
    cell.metadata.pop("execution", None)
nbformat.validate(notebook)
nbformat.write(notebook, sys.argv[1])`;

/** A folder for JUPYTER_PATH in which `typescript` is this kernel. */
function kernelspecs(): string {
  const folder = mkdtempSync(join(tmpdir(), "jupyter-path-"));
  const { displayName: display_name, language, spec } = findKernel("typescript")!;
  mkdirSync(join(folder, "kernels/typescript"), { recursive: true });
  const json = JSON.stringify({ argv: spec.argv, display_name, language, interrupt_mode: "message" });
  writeFileSync(join(folder, "kernels/typescript/kernel.json"), json);
  return folder;
}

const lesson = notebook([
  markdown("# A lesson"),
  code('for (let i = 0; i < 2000; i++) console.log("line", i);'),
  code('console.error("careful");\n({ a: [1, 2.5], b: "text" })'),
  code('display("0 %", { id: "p" });\ndisplay("plain");'),
  code('display("100 %", { id: "p", update: true });'),
  code('console.log("gone");\nclearOutput(true);\nconsole.log("stays");'),
  code(""),
  code('throw new TypeError("as expected");', { tags: ["raises-exception"] }),
  code("await Promise.resolve([1, 2, 3].map((x) => x / 3))"),
]);

describe.skipIf(!existsSync(PYTHON))("nbclient", { timeout: 120_000 }, () => {
  test("executes a notebook with the same outputs as npm run notebooks", () => {
    const folder = mkdtempSync(join(tmpdir(), "nbclient-"));
    const [ours, theirs] = [join(folder, "ours.ipynb"), join(folder, "theirs.ipynb")];
    writeFileSync(ours, serializeNotebook(lesson));
    copyFileSync(ours, theirs);
    const main = `require(${JSON.stringify(CLI)}).main(process.argv.slice(1)).then((code) => process.exit(code))`;
    const { status, stdout } = spawnSync(process.execPath, ["-e", main, "--", ours], { encoding: "utf8" });
    expect({ status, stdout }).toMatchObject({ status: 0 });
    const env = { ...process.env, JUPYTER_PATH: kernelspecs() };
    execFileSync(PYTHON, ["-c", NBCLIENT, theirs], { env, cwd: folder, stdio: "pipe" });
    const executed = [ours, theirs].map((file) => parseNotebook(readFileSync(file, "utf8"), file));
    const outcome = (cell: Cell) =>
      cell.cell_type === "code"
        ? { count: cell.execution_count, outputs: cell.outputs as Output[] }
        : cell.source;
    expect(executed[0]!.cells.map(outcome)).toEqual(executed[1]!.cells.map(outcome));
    expect(executed[0]!.metadata.language_info).toEqual(executed[1]!.metadata.language_info);
    expect(outcome(executed[0]!.cells[4]!)).toMatchObject({ count: 4, outputs: [] });
    expect(JSON.stringify(outcome(executed[0]!.cells[3]!))).toContain("100 %");
  });
});
