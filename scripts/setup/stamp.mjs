import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * A key that changes when anything in `inputs` does.
 * @param {unknown} inputs plain values
 */
export const keyOf = (inputs) => createHash("sha256").update(JSON.stringify(inputs)).digest("hex");

/** The content of a file, or "" where there is none. */
export function contentOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** A key of all files under a folder: their names and contents. */
export function treeKey(folder) {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  for (const file of files)
    hash.update(file.slice(folder.length)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

/** Writes a file so that it is there whole or not at all. */
export function writeWhole(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.partial`;
  writeFileSync(beside, content);
  renameSync(beside, file);
}
