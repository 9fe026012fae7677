import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { LocalModules, missingModule } from "./local-modules";
import { namespaceOf } from "./namespace";
import { isFileSpecifier, isLocalModule, resolveFile } from "./resolve";

/** Modules that the kernel itself provides, by specifier. */
export type ProvidedModules = Record<string, object>;

export type Importer = {
  /** What the `import` statements and `import()` of a cell become. */
  importModule(specifier: string): Promise<object>;
  /** The `require` of cells. */
  require: NodeJS.Require;
};

/**
 * Imports for the cells of a notebook: built-in modules, packages found from the notebook's folder upwards (CommonJS
 * where a package has both, as other libraries load it too), and local files.
 */
export function createImporter(folder: string, provided: ProvidedModules): Importer {
  const requireFromNotebook = createRequire(join(folder, "cell.js"));
  const locals = new LocalModules(folder, requirePackage);

  function requirePackage(specifier: string, from: string): unknown {
    if (specifier in provided) return provided[specifier];
    try {
      return createRequire(from)(specifier);
    } catch (error) {
      throw clarify(error, specifier, from);
    }
  }

  function loadFile(specifier: string): unknown {
    const file = resolveFile(specifier, folder);
    if (file === undefined) return requireFromNotebook(specifier);
    return isLocalModule(file) ? locals.load(file) : requireFromNotebook(file);
  }

  function load(specifier: string): unknown {
    if (specifier in provided) return provided[specifier];
    return isFileSpecifier(specifier) ? loadFile(specifier) : requireFromNotebook(specifier);
  }

  return {
    async importModule(specifier) {
      try {
        return namespaceOf(load(specifier));
      } catch (error) {
        if (!needsImport(error) || isFileSpecifier(specifier) || isBuiltin(specifier))
          throw clarify(error, specifier);
        return importEsm(specifier, folder);
      }
    },
    require: Object.assign((specifier: string) => load(specifier), {
      resolve: Object.assign(
        (specifier: string, options?: { paths?: string[] }) =>
          (isFileSpecifier(specifier) ? resolveFile(specifier, folder) : undefined) ??
          requireFromNotebook.resolve(specifier, options),
        { paths: requireFromNotebook.resolve.paths },
      ),
      cache: requireFromNotebook.cache,
      extensions: requireFromNotebook.extensions,
      main: undefined,
    }),
  };
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

async function importEsm(specifier: string, folder: string): Promise<object> {
  const { resolve } = (await import("import-meta-resolve")) as typeof import("import-meta-resolve");
  return import(resolve(specifier, pathToFileURL(join(folder, "cell.js")).href));
}

/** Node's own message goes on with a "require stack" of the kernel's files. */
function clarify(error: unknown, specifier: string, from?: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== "MODULE_NOT_FOUND" || !String(message).startsWith(`Cannot find module '${specifier}'`))
    return error;
  return missingModule(specifier, from === undefined ? "this cell" : dirname(from));
}
