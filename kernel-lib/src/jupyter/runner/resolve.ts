import { statSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { isAbsolute, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { mappedPaths, type PathMapping } from "../compiler/paths";

const EXTENSIONS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"];
const SOURCE_EXTENSION: Record<string, string> = { ".js": ".ts", ".mjs": ".mts", ".cjs": ".cts" };

/** Whether a specifier means a file, as opposed to a package. */
export function isFileSpecifier(specifier: string): boolean {
  return /^\.{1,2}(\/|$)/.test(specifier) || specifier.startsWith("file:") || isAbsolute(specifier);
}

/**
 * The file that an import means, by its path or by `paths` of tsconfig.json. Undefined for a package, a module of
 * Node.js, and where there is no such file.
 */
export function resolveImport(
  specifier: string,
  folder: string,
  paths: PathMapping | undefined,
): string | undefined {
  if (isFileSpecifier(specifier)) return resolveFile(specifier, folder);
  if (isBuiltin(specifier)) return undefined;
  const files = mappedPaths(specifier, paths).map((path) => resolveFile(path, folder) ?? mainOf(path));
  // A declaration file only gives a package its types.
  return files.find((file) => file !== undefined && !/\.d\.[cm]?ts$/.test(file));
}

/**
 * The file that a specifier means, as TypeScript's bundler resolution finds it: `./a` is a.ts, a.js … or a/index.ts,
 * and `./a.js` is a.ts where there is one. Undefined if there is none.
 */
export function resolveFile(specifier: string, folder: string): string | undefined {
  const path = specifier.startsWith("file:") ? fileURLToPath(specifier) : resolve(folder, specifier);
  return candidates(path).find(isFile);
}

/** Whether a file is loaded by the kernel itself, and so reloaded when it changes. */
export function isLocalModule(file: string): boolean {
  return (
    EXTENSIONS.some((extension) => file.endsWith(extension)) && !file.includes(`${sep}node_modules${sep}`)
  );
}

/** The file that the package.json of a folder names. */
function mainOf(folder: string): string | undefined {
  try {
    return createRequire(join(folder, "package.json")).resolve(folder);
  } catch {
    return undefined;
  }
}

function candidates(path: string): string[] {
  const extension = /\.[cm]?js$/.exec(path)?.[0];
  const source =
    extension === undefined ? [] : [path.slice(0, -extension.length) + SOURCE_EXTENSION[extension]];
  const added = EXTENSIONS.map((suffix) => path + suffix);
  const index = EXTENSIONS.map((suffix) => join(path, `index${suffix}`));
  return [...source, path, ...added, ...index];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
