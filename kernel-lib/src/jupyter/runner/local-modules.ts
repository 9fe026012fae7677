import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { types } from "node:util";
import { type EmitOptions, emitOptions, isSameEmit } from "../compiler/emit-options";
import { type CompiledModule, compileModule } from "./compile-module";
import { displayPath } from "./errors";
import { missingModule } from "./missing-module";
import { markedNamespace } from "./namespace";
import { isFileSpecifier, isLocalModule, resolveImport } from "./resolve";
import { registerScript } from "./stack-traces";

type LocalModule = {
  /** The file's text when it was loaded. */
  source: string;
  /** How it was emitted. */
  emitted: EmitOptions;
  module: { exports: unknown };
  /** The local files that it imports. */
  imports: Set<string>;
  /** The packages that can't be required, but were imported before it ran. */
  packages: Map<string, object>;
  /** Ends when it has run. */
  loading?: Promise<unknown>;
};

/** How a local module gets what is not a local module, and what it imports while it runs. */
export type Packages = {
  require(specifier: string, from: string): unknown;
  import(specifier: string, from: string): Promise<object>;
};

/**
 * The .ts, .js and .json files beside a notebook. A module stays the same instance as long as neither its file nor
 * any local file that it imports, directly or not, has changed, nor what tsconfig.json says of how they are emitted and
 * found; then it is loaded anew.
 */
export class LocalModules {
  readonly #loaded = new Map<string, LocalModule>();
  readonly #folder: string;
  readonly #packages: Packages;
  #emitOptions = emitOptions();

  constructor(folder: string, packages: Packages) {
    this.#folder = folder;
    this.#packages = packages;
  }

  /** Says how TypeScript is emitted, and which files imports by a name mean, from now on. */
  emitAs(options: EmitOptions): void {
    if (!isSameEmit(options, this.#emitOptions)) this.#emitOptions = options;
  }

  /** The file that an import in another file means. Undefined for a package, and where there is no such file. */
  resolve(specifier: string, from: string): string | undefined {
    return resolveImport(specifier, dirname(from), this.#emitOptions.paths);
  }

  /** The exports of a file that is required. Throws what the module throws; then nothing of this load is kept. */
  require(file: string): unknown {
    this.#forgetChanged();
    const before = new Set(this.#loaded.keys());
    try {
      return this.#require(file);
    } catch (error) {
      this.#forgetLoadedAfter(before);
      throw error;
    }
  }

  /** The same for a file that is imported: it, and what it imports, may await at the top. */
  async import(file: string): Promise<unknown> {
    this.#forgetChanged();
    const before = new Set(this.#loaded.keys());
    try {
      const exports = await this.#import(file);
      await this.#loaded.get(file)?.loading;
      return exports();
    } catch (error) {
      this.#forgetLoadedAfter(before);
      throw error;
    }
  }

  /** Forgets changed modules and all that import them. */
  #forgetChanged(): void {
    const changed = [...this.#loaded]
      .filter(
        ([file, { source, emitted }]) =>
          read(file) !== source || (!file.endsWith(".json") && emitted !== this.#emitOptions),
      )
      .map(([file]) => file);
    for (let file = changed.pop(); file !== undefined; file = changed.pop()) {
      this.#loaded.delete(file);
      for (const [importer, { imports }] of this.#loaded) if (imports.has(file)) changed.push(importer);
    }
  }

  #forgetLoadedAfter(before: ReadonlySet<string>): void {
    for (const loaded of this.#loaded.keys()) if (!before.has(loaded)) this.#loaded.delete(loaded);
  }

  #require(file: string): unknown {
    const loaded = this.#loaded.get(file);
    if (loaded) return loaded.module.exports;
    const entry = this.#add(file);
    const compiled = this.#compile(file, entry);
    if (compiled?.awaits) {
      const shownAs = displayPath(file, this.#folder);
      throw new Error(`${shownAs} awaits at its top level, so it can't be required: import it`);
    }
    if (compiled) this.#run(file, entry, compiled);
    return entry.module.exports;
  }

  /** Loads what a module imports, in its order, and then the module. A circle of imports sees what is there so far. */
  async #import(file: string): Promise<() => unknown> {
    const loaded = this.#loaded.get(file);
    if (loaded) return () => loaded.module.exports;
    const entry = this.#add(file);
    const compiled = this.#compile(file, entry);
    if (compiled) {
      entry.loading = this.#importAll(file, entry, compiled).then(() => this.#run(file, entry, compiled));
      await entry.loading;
    }
    return () => entry.module.exports;
  }

  async #importAll(
    file: string,
    { imports, packages }: LocalModule,
    { specifiers }: CompiledModule,
  ): Promise<void> {
    for (const specifier of specifiers) {
      const target = this.resolve(specifier, file);
      if (target !== undefined && isLocalModule(target)) {
        imports.add(target);
        await this.#import(target);
      } else if (target !== undefined || !isFileSpecifier(specifier)) {
        packages.set(specifier, await this.#packages.import(target ?? specifier, file));
      }
    }
  }

  #add(file: string): LocalModule {
    const entry: LocalModule = {
      source: readFileSync(file, "utf8"),
      emitted: this.#emitOptions,
      module: { exports: {} },
      imports: new Set(),
      packages: new Map(),
    };
    this.#loaded.set(file, entry);
    return entry;
  }

  /** Undefined for JSON, which has nothing to run. */
  #compile(file: string, { source, emitted, module }: LocalModule): CompiledModule | undefined {
    const shownAs = displayPath(file, this.#folder);
    if (file.endsWith(".json")) {
      module.exports = parseJson(source, shownAs);
      return undefined;
    }
    const compiled = compileModule(source, file, shownAs, emitted);
    registerScript(file, { file: shownAs, source, sourceMap: compiled.sourceMap });
    return compiled;
  }

  #run(file: string, { module, imports, packages }: LocalModule, { run }: CompiledModule): unknown {
    const require = (specifier: string): unknown => {
      const target = this.resolve(specifier, file);
      if (target === undefined && isFileSpecifier(specifier))
        throw missingModule(specifier, file, this.#folder);
      if (target !== undefined && isLocalModule(target)) {
        imports.add(target);
        return this.#require(target);
      }
      const imported = packages.get(specifier);
      if (imported && types.isModuleNamespaceObject(imported)) return markedNamespace(imported);
      return this.#packages.require(target ?? specifier, file);
    };
    const importDynamically = (specifier: string) => this.#packages.import(String(specifier), file);
    return run.call(module.exports, module.exports, require, module, file, dirname(file), importDynamically);
  }
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
