import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readArguments, UsageError } from "../../src/notebook/arguments";

const root = mkdtempSync(join(tmpdir(), "arguments-"));
mkdirSync(join(root, "notebooks"));
for (const name of ["10-b.ipynb", "07-a.ipynb", "README.md"])
  writeFileSync(join(root, "notebooks", name), "{}");
const path = (name: string) => join(root, "notebooks", name);

describe("the command line of npm run notebooks", () => {
  test("without names it means every notebook, in order", () => {
    expect(readArguments([], root)).toEqual({
      help: false,
      check: false,
      kernel: undefined,
      cellTimeout: 600_000,
      files: [path("07-a.ipynb"), path("10-b.ipynb")],
    });
  });

  test("a notebook is named by its number or its path, and counts once", () => {
    const { files } = readArguments(["7", "10", "07", join(root, "notebooks/10-b.ipynb")], root);
    expect(files).toEqual([path("07-a.ipynb"), path("10-b.ipynb")]);
  });

  test("options may stand anywhere", () => {
    const { check, kernel, cellTimeout } = readArguments(
      ["--kernel", "tslab", "7", "--check", "--timeout=1.5"],
      root,
    );
    expect({ check, kernel, cellTimeout }).toEqual({ check: true, kernel: "tslab", cellTimeout: 1500 });
  });

  test.each([
    [["8"], /^8: no notebook 08-….ipynb in /],
    [["a.ipynb"], /^a\.ipynb: .* no such file/],
    [["--kernel", "python3"], /^--kernel: expected typescript or tslab, got python3/],
    [["--kernel", "toString"], /^--kernel: expected typescript or tslab, got toString/],
    [["--timeout", "0"], /^--timeout: expected a number of seconds above 0, got 0/],
    [["--timeout", "soon"], /^--timeout: .* got soon/],
    [["--chek"], /--chek/],
  ])("%j is refused", (words, message) => {
    expect(() => readArguments(words, root)).toThrow(UsageError);
    expect(() => readArguments(words, root)).toThrow(message);
  });
});
