import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { replaceFile } from "../../src/notebook/save";

const folder = () => mkdtempSync(join(tmpdir(), "save-"));

test("the file has the new text and its old mode, and nothing is left beside it", () => {
  const file = join(folder(), "a.ipynb");
  writeFileSync(file, "old");
  chmodSync(file, 0o640);
  replaceFile(file, "new");
  expect(readFileSync(file, "utf8")).toBe("new");
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(readdirSync(join(file, ".."))).toEqual(["a.ipynb"]);
});

test("a symbolic link stays one, and what it points to is replaced", () => {
  const dir = folder();
  mkdirSync(join(dir, "real"));
  writeFileSync(join(dir, "real/a.ipynb"), "old");
  symlinkSync("real/a.ipynb", join(dir, "link.ipynb"));
  replaceFile(join(dir, "link.ipynb"), "new");
  expect(lstatSync(join(dir, "link.ipynb")).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(dir, "real/a.ipynb"), "utf8")).toBe("new");
});

test("a file that isn't there is an error and is not made", () => {
  const dir = folder();
  expect(() => replaceFile(join(dir, "a.ipynb"), "new")).toThrow(/ENOENT/);
  expect(readdirSync(dir)).toEqual([]);
});
