import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import path from "node:path";
import { checkerExecutable } from "./checker-server";

/** Comments that may stand before a file's directives are shorter than this, in bytes. */
const HEAD_BYTES = 4096;
const REFERENCE = /^\/\/\/\s*<reference\s+lib\s*=\s*["']([^"']+)["']\s*\/>.*\n?/gim;
/** A file of the library that is a module, as that of `Iterator`: its text would make a module of all others' too. */
const MODULE = /^export \{\};/m;

/**
 * TypeScript's standard library as the text of one file.
 *
 * TypeScript has it in some sixty, and for each cell that it checks it would merge their `Array`, `Promise`, `Intl`… anew;
 * declarations of one file are merged once. Without its own library (`noLib`) the checker does not follow
 * `/// <reference lib="…" />` in other files either, so that those are followed here.
 */
export class StandardLibrary {
  private readonly folder = path.dirname(checkerExecutable());
  private readonly available = new Set(readdirSync(this.folder));
  /** Files of packages, which don't change, that have been read. */
  private readonly read = new Set<string>();
  /** The texts of its files. */
  private readonly texts = new Map<string, string>();

  /** @param libs as a tsconfig.json names them: `es2023` */
  constructor(readonly libs: readonly string[]) {
    this.add(libs);
  }

  /**
   * Takes in the libraries that files of the project refer to.
   *
   * @returns whether there were any that it did not have
   */
  addReferenced(projectFiles: readonly string[]): boolean {
    const before = this.texts.size;
    for (const file of projectFiles) {
      if (this.read.has(file)) continue;
      if (file.includes("/node_modules/")) this.read.add(file);
      this.add(references(head(file)));
    }
    return this.texts.size > before;
  }

  /** Its files in TypeScript's order, on which that of overloads depends; within a year, in that of its list. */
  get files(): readonly string[] {
    return [...this.texts.keys()].sort((a, b) => rank(a) - rank(b));
  }

  /** All its declarations. */
  get text(): string {
    // References count only at the beginning of a file.
    const modules = this.files.filter((file) => MODULE.test(this.texts.get(file)!));
    const others = this.files.filter((file) => !modules.includes(file));
    const paths = modules.map((file) => path.join(this.folder, file).replaceAll("\\", "/"));
    return [
      ...paths.map((file) => `/// <reference path="${file}" />`),
      ...others.map((file) => this.texts.get(file)),
    ].join("\n");
  }

  private add(libs: readonly string[]): void {
    for (const lib of libs) {
      const file = this.fileOf(lib);
      if (file === undefined || this.texts.has(file)) continue;
      const text = readFileSync(path.join(this.folder, file), "utf8");
      this.add(references(text));
      this.texts.set(file, text.replaceAll(REFERENCE, ""));
    }
  }

  /** A feature that left `esnext` is in the library of its year: `esnext.bigint` means `es2020.bigint`. */
  private fileOf(lib: string): string | undefined {
    const name = lib.toLowerCase();
    const years: Record<string, string> = { es6: "es2015", es7: "es2016" };
    const file = `lib.${years[name] ?? name}.d.ts`;
    if (this.available.has(file)) return file;
    const feature = /^esnext(\..+)/.exec(name)?.[1];
    return [...this.available]
      .filter((one) => /^lib\.es\d/.test(one) && one.endsWith(`${feature}.d.ts`))
      .sort()
      .at(-1);
  }
}

/** ES5, then what is no part of the language, then year by year; decorators last. */
function rank(file: string): number {
  const [, name = "", year] = /^lib\.(\w+?)(\d{4})?\./.exec(file) ?? [];
  if (year !== undefined) return Number(year);
  return { es5: 0, esnext: 9998, decorators: 9999 }[name] ?? 1;
}

function references(text: string): string[] {
  return [...text.matchAll(REFERENCE)].map(([, lib]) => lib!);
}

/** The beginning of a file; nothing where there is none, as of those that exist in the checker's memory only. */
function head(file: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch {
    return "";
  }
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    return bytes.toString("utf8", 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}
