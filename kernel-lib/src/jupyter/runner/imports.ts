import { createRequire, isBuiltin } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { EmitOptions } from "../compiler/emit-options";
import { OWN_PACKAGE, ownMain } from "../own-package";
import { checkImportAttributes } from "./import-attributes";
import { LocalModules } from "./local-modules";
import { missingModule } from "./missing-module";
import { namespaceOf } from "./namespace";
import { isFileSpecifier, isLocalModule } from "./resolve";

/** Modules that the kernel itself provides, by specifier. */
export type ProvidedModules = Record<string, object>;

export type Importer = {
  /**
   * Says how local modules are emitted, and which files imports by a name mean, from now on. Modules that were loaded
   * otherwise are loaded anew.
   */
  emitAs(options: EmitOptions): void;
  /** What the `import` statements and `import()` of a cell become, and its `import.meta.resolve`. */
  importModule: ((
    specifier: string,
    kind?: "static" | "dynamic",
    attributes?: unknown,
  ) => Promise<object>) & {
    resolve(specifier: string): string;
  };
  /** What cells have of CommonJS, as in Node.js' own REPL. */
  commonJs: {
    require: NodeJS.Require;
    module: Pick<NodeJS.Module, "id" | "path" | "filename" | "exports">;
    exports: object;
    __dirname: string;
    __filename: string;
  };
};

/**
 * Imports for the cells of a notebook: built-in modules, packages found from the notebook's folder upwards (CommonJS
 * where a package has both, as other libraries load it too), and local files.
 */
export function createImporter(folder: string, provided: ProvidedModules): Importer {
  const cell = join(folder, "cell.js");
  const requireFromCell = createRequire(cell);
  const locals = new LocalModules(folder, { require: requirePackage, import: importFrom });

  function requirePackage(specifier: string, from: string): unknown {
    if (specifier in provided) return provided[specifier];
    try {
      return createRequire(from)(specifier);
    } catch (error) {
      if (specifier === OWN_PACKAGE && isMissing(error, specifier)) return createRequire(from)(ownMain);
      throw clarify(error, specifier, from);
    }
  }

  async function importPackage(specifier: string, from: string): Promise<object> {
    try {
      return namespaceOf(requirePackage(specifier, from));
    } catch (error) {
      if (!needsImport(error) || isBuiltin(specifier)) throw error;
      return importEsm(specifier, from);
    }
  }

  function fileOf(specifier: string, from: string): string | undefined {
    return specifier in provided ? undefined : locals.resolve(specifier, from);
  }

  async function importFrom(specifier: string, from: string): Promise<object> {
    const file = fileOf(specifier, from);
    if (file === undefined && isFileSpecifier(specifier)) throw missingModule(specifier, from, folder);
    return file !== undefined && isLocalModule(file)
      ? namespaceOf(await locals.import(file))
      : importPackage(file ?? specifier, from);
  }

  function require(specifier: string): unknown {
    const file = fileOf(specifier, cell);
    return file !== undefined && isLocalModule(file)
      ? locals.require(file)
      : requirePackage(file ?? specifier, cell);
  }

  function resolve(specifier: string, options?: { paths?: string[] }): string {
    try {
      return fileOf(specifier, cell) ?? requireFromCell.resolve(specifier, options);
    } catch (error) {
      if (specifier === OWN_PACKAGE && isMissing(error, specifier)) return ownMain;
      throw clarify(error, specifier, cell);
    }
  }

  function clarify(error: unknown, specifier: string, from: string): unknown {
    // Node's own message goes on with a "require stack" of the kernel's files.
    return isMissing(error, specifier) ? missingModule(specifier, from, folder) : error;
  }

  async function importModule(
    specifier: string,
    _kind?: "static" | "dynamic",
    attributes?: unknown,
  ): Promise<object> {
    checkImportAttributes(attributes, () => resolveUrl(specifier));
    return importFrom(specifier, cell);
  }

  /** The URL of what an import would load. */
  function resolveUrl(specifier: string): string {
    const found = resolve(specifier);
    return isBuiltin(found) ? found.replace(/^(?!node:)/, "node:") : pathToFileURL(found).href;
  }

  const module = { id: ".", path: folder, filename: cell, exports: {} };
  return {
    emitAs: (options) => locals.emitAs(options),
    importModule: Object.assign(importModule, { resolve: resolveUrl }),
    commonJs: {
      require: Object.assign(require, {
        resolve: Object.assign(resolve, { paths: requireFromCell.resolve.paths }),
        cache: requireFromCell.cache,
        extensions: requireFromCell.extensions,
        main: module as NodeJS.Module,
      }),
      module,
      exports: module.exports,
      __dirname: folder,
      __filename: cell,
    },
  };
}

/** Whether an error says that a module itself cannot be found, not one that it imports. */
function isMissing(error: unknown, specifier: string): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "MODULE_NOT_FOUND" && String(message).startsWith(`Cannot find module '${specifier}'`);
}

/** Packages that only offer ES modules, and modules with a top-level `await`, cannot be required. */
function needsImport(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return (
    code === "ERR_PACKAGE_PATH_NOT_EXPORTED" ||
    code === "ERR_REQUIRE_ASYNC_MODULE" ||
    code === "ERR_REQUIRE_ESM"
  );
}

async function importEsm(specifier: string, from: string): Promise<object> {
  const { resolve } = (await import("import-meta-resolve")) as typeof import("import-meta-resolve");
  return import(resolve(specifier, pathToFileURL(from).href));
}
