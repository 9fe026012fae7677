import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findKernel, kernelNames } from "./kernels";

export const USAGE = `npm run notebooks -- [NN… | FILE…] [--check] [--kernel NAME] [--timeout SECONDS]

Executes notebooks and saves them with their outputs. Without NN (07, 10 …) or FILE: all in notebooks/.

  --check            compare the outputs with those in the file, exactly, instead of saving
  --kernel NAME      ${kernelNames.join(" or ")}; another kernel than the notebook's own only has to run every
                     cell without an error: nothing is saved or compared
  --timeout SECONDS  what one cell may take, 600 by default
  --help             this text
`;

/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export type Arguments = {
  help: boolean;
  check: boolean;
  kernel?: string;
  cellTimeout: number;
  files: string[];
};

/**
 * Reads the command line. `root` is the folder with notebooks/ in it; files in the current folder come back relative to it.
 * @throws UsageError
 */
export function readArguments(words: string[], root: string): Arguments {
  const { values, positionals } = parse(words);
  const { help = false, check = false, kernel, timeout = "600" } = values;
  if (kernel !== undefined && findKernel(kernel) === undefined)
    throw new UsageError(`--kernel: expected ${kernelNames.join(" or ")}, got ${kernel}`);
  const cellTimeout = Number(timeout) * 1000;
  if (!(cellTimeout > 0))
    throw new UsageError(`--timeout: expected a number of seconds above 0, got ${timeout}`);
  const files =
    positionals.length === 0 ? allNotebooks(root) : positionals.map((word) => findNotebook(word, root));
  return { help, check, kernel, cellTimeout, files: [...new Set(files)] };
}

function parse(words: string[]) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        check: { type: "boolean" },
        kernel: { type: "string" },
        timeout: { type: "string" },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function allNotebooks(root: string): string[] {
  const folder = join(root, "notebooks");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".ipynb")) : [];
  if (names.length === 0) throw new UsageError(`no notebooks in ${folder}`);
  return names.sort().map((name) => shown(join(folder, name)));
}

function findNotebook(word: string, root: string): string {
  if (!/^\d+$/.test(word)) {
    if (statSync(word, { throwIfNoEntry: false })?.isFile()) return shown(resolve(word));
    throw new UsageError(`${word}: expected a notebook's number or a file, but there is no such file`);
  }
  const number = word.padStart(2, "0");
  const found = allNotebooks(root).filter((file) => new RegExp(`(^|[\\\\/])${number}-[^\\\\/]*$`).test(file));
  if (found.length === 0)
    throw new UsageError(`${word}: no notebook ${number}-….ipynb in ${join(root, "notebooks")}`);
  return found[0]!;
}

/** A path as a reader wants it: from the current folder where it lies in it. */
function shown(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith("..") || path === "" ? file : path;
}
