import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { compileFunction } from "node:vm";
import { compileModule } from "./compile-module";
import { displayPath } from "./errors";
import { isFileSpecifier, isLocalModule, resolveFile } from "./resolve";
import { registerScript } from "./stack-traces";

type LocalModule = {
  /** The file's text when it was loaded. */
  source: string;
  module: { exports: unknown };
  /** The local files that it imports. */
  imports: Set<string>;
};

/** How a local module gets what is not a local module: a package, a built-in. */
export type RequirePackage = (specifier: string, from: string) => unknown;

/**
 * The .ts, .js and .json files beside a notebook. A module stays the same instance as long as neither its file nor
 * any local file that it imports, directly or not, has changed; then it is loaded anew.
 */
export class LocalModules {
  readonly #loaded = new Map<string, LocalModule>();
  readonly #folder: string;
  readonly #requirePackage: RequirePackage;

  constructor(folder: string, requirePackage: RequirePackage) {
    this.#folder = folder;
    this.#requirePackage = requirePackage;
  }

  /** The exports of a file, for a cell. Throws what the module throws; then nothing of this load is kept. */
  load(file: string): unknown {
    this.#forgetChanged();
    const before = new Set(this.#loaded.keys());
    try {
      return this.#require(file);
    } catch (error) {
      for (const loaded of this.#loaded.keys()) if (!before.has(loaded)) this.#loaded.delete(loaded);
      throw error;
    }
  }

  /** Forgets changed modules and all that import them. */
  #forgetChanged(): void {
    const changed = [...this.#loaded]
      .filter(([file, { source }]) => read(file) !== source)
      .map(([file]) => file);
    for (let file = changed.pop(); file !== undefined; file = changed.pop()) {
      this.#loaded.delete(file);
      for (const [importer, { imports }] of this.#loaded) if (imports.has(file)) changed.push(importer);
    }
  }

  #require(file: string): unknown {
    const loaded = this.#loaded.get(file);
    if (loaded) return loaded.module.exports;
    const source = readFileSync(file, "utf8");
    const entry: LocalModule = { source, module: { exports: {} }, imports: new Set() };
    this.#loaded.set(file, entry);
    if (file.endsWith(".json")) entry.module.exports = parseJson(source, displayPath(file, this.#folder));
    else this.#evaluate(file, entry);
    return entry.module.exports;
  }

  #evaluate(file: string, { source, module, imports }: LocalModule): void {
    const shownAs = displayPath(file, this.#folder);
    const { code, sourceMap } = compileModule(source, file, shownAs);
    registerScript(file, { file: shownAs, source, sourceMap });
    const parameters = ["exports", "require", "module", "__filename", "__dirname"];
    const run = compileFunction(code, parameters, { filename: file });
    const require = (specifier: string): unknown => {
      if (!isFileSpecifier(specifier)) return this.#requirePackage(specifier, file);
      const target = resolveFile(specifier, dirname(file));
      if (target === undefined) throw missingModule(specifier, shownAs);
      if (!isLocalModule(target)) return this.#requirePackage(target, file);
      imports.add(target);
      return this.#require(target);
    };
    run.call(module.exports, module.exports, require, module, file, dirname(file));
  }
}

/** The error of an import that leads nowhere. */
export function missingModule(specifier: string, importer: string): Error {
  return Object.assign(
    new Error(`Cannot find module ${JSON.stringify(specifier)}, imported by ${importer}`),
    {
      code: "MODULE_NOT_FOUND",
    },
  );
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function parseJson(source: string, shownAs: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new SyntaxError(`${shownAs}: ${(error as Error).message}`);
  }
}
