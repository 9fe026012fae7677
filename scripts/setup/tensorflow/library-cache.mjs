import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { execute, logFile } from "../command.mjs";
import { isAlive } from "../lock.mjs";
import { root, sharedCache, venvPython } from "../paths.mjs";
import { pipEnv } from "../python-environment.mjs";
import { contentOf, writeWhole } from "../stamp.mjs";

const requirement = join(root, "requirements-tensorflow.txt");
const extractor = join(root, "scripts", "setup", "tensorflow", "extract.py");
const hashList = "SHA256";
const download = [
  "-m",
  "pip",
  "download",
  "--no-deps",
  "--require-hashes",
  "--only-binary=:all:",
  "--no-cache-dir",
];
const wheelTarget = [
  "--implementation=cp",
  "--python-version=311",
  "--abi=cp311",
  "--platform=manylinux2014_x86_64",
];

/** Where clones share TensorFlow's C library: `lib`, `include` and a list of hashes. */
export function libraryFolder() {
  const [, version] = /==([\d.]+)/.exec(contentOf(requirement)) ?? [];
  return join(sharedCache(), `libtensorflow-${version}-linux-x64`);
}

/**
 * Makes sure that the shared library is there and whole.
 * @param {import("../runner.mjs").Context} context
 * @returns {Promise<string | undefined>} why it is not
 */
export async function provideLibrary(context) {
  const library = libraryFolder();
  if (await isIntact(library)) return undefined;
  removeAbandoned(library);
  const partial = `${library}.partial-${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    const reason = await unpackWheel(partial, context);
    if (reason) return reason;
    writeWhole(join(partial, hashList), await hashesOf(partial));
    rmSync(library, { recursive: true, force: true });
    renameSync(partial, library);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** The library's files, by their paths within its folder. */
export const libraryFiles = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== hashList)
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();

async function unpackWheel(folder, { lock, follow }) {
  const log = "tensorflow-wheel";
  follow(logFile(log));
  const args = [...download, ...wheelTarget, "--retries=2", "-d", folder, "-r", requirement];
  const fetched = await execute(venvPython, args, { log, lock, env: pipEnv() });
  if (!fetched.ok) return `cannot be downloaded (${fetched.log})`;
  for (const wheel of readdirSync(folder).map((name) => join(folder, name))) {
    const unpacked = await execute(venvPython, [extractor, wheel, folder], {
      log: "tensorflow-unpack",
      lock,
    });
    if (!unpacked.ok) return `cannot be unpacked (${unpacked.log})`;
    rmSync(wheel);
  }
}

const isIntact = async (library) =>
  existsSync(library) && contentOf(join(library, hashList)) === (await hashesOf(library));

async function hashesOf(folder) {
  const lines = [];
  for (const file of libraryFiles(folder)) {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(join(folder, file), { highWaterMark: 1 << 20 }))
      hash.update(chunk);
    lines.push(`${hash.digest("hex")}  ${file}\n`);
  }
  return lines.join("");
}

/** Removes what set-ups that were cut off left beside the library. */
function removeAbandoned(library) {
  const folder = dirname(library);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const owner = /\.partial-(\d+)$/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
