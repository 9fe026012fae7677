import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, isAbsolute, join, sep } from "node:path";
import { isLocalModule } from "../runner/resolve";
import { murmur2 } from "./murmur2";
import type { Source } from "./protocol";
import type { CellScripts } from "./scripts";

const SEED = 0xc70f6907;

/**
 * The texts that can be debugged, by the paths under which front ends know them. A cell's path is made from its text
 * by front end and kernel alike; there is no such file.
 */
export class Sources {
  readonly #folder = join(tmpdir(), `typescript_${process.pid}`) + sep;
  readonly #suffix = ".ts";
  /** Cells that were not executed yet, by path. */
  readonly #dumped = new Map<string, string>();

  constructor(private readonly scripts: CellScripts) {}

  /** How front ends make a cell's path. */
  get naming(): { hashMethod: string; hashSeed: number; tmpFilePrefix: string; tmpFileSuffix: string } {
    return {
      hashMethod: "Murmur2",
      hashSeed: SEED,
      tmpFilePrefix: this.#folder,
      tmpFileSuffix: this.#suffix,
    };
  }

  /** The path of the cell with a text. */
  pathOf(code: string): string {
    return `${this.#folder}${murmur2(code, SEED)}${this.#suffix}`;
  }

  /** Takes a cell's text, and gives its path. */
  dump(code: string): string {
    const path = this.pathOf(code);
    this.#dumped.set(path, code);
    return path;
  }

  isCell(path: string): boolean {
    return path.startsWith(this.#folder);
  }

  /** The text under a path: a cell's, or that of a local module. */
  textOf(path: string): string | undefined {
    if (!this.isCell(path)) return readModule(path);
    const dumped = this.#dumped.get(path);
    if (dumped !== undefined) return dumped;
    for (const { source } of this.scripts) if (this.pathOf(source) === path) return source;
    return undefined;
  }

  /** A source as front ends show it. */
  describe(path: string, name = basename(path)): Source {
    return { name, path };
  }

  forget(): void {
    this.#dumped.clear();
  }
}

function readModule(path: string): string | undefined {
  if (!isAbsolute(path) || !isLocalModule(path)) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
