import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The library of the package that the kernel belongs to. Notebooks can import it everywhere; a folder's own copy of it
 * comes first.
 */
export const OWN_PACKAGE = "kernel-lib";

/** The compiled library, beside the compiled kernel. */
const folder = dirname(__dirname);
export const ownMain = join(folder, "index.js");

/** The types of the library, as `paths` of a tsconfig.json, where no folder has a copy of its own. */
export function ownPaths(folders: readonly string[]): Record<string, string[]> {
  const types = join(folder, "index.d.ts");
  const isThere = folders.some((one) => existsSync(join(one, "node_modules", OWN_PACKAGE, "package.json")));
  return isThere || !existsSync(types) ? {} : { [OWN_PACKAGE]: [types] };
}
