import { dirname, resolve } from "node:path";
import { displayPath } from "./errors";
import { isFileSpecifier } from "./resolve";

/**
 * The error of an import that leads nowhere: what is missing, who imports it, where it was looked for.
 *
 * @param from the file that imports it; `cell.js` in the notebook's folder stands for a cell
 */
export function missingModule(specifier: string, from: string, folder: string): Error {
  const importer = displayPath(from, folder) === "./cell.js" ? "this cell" : displayPath(from, folder);
  const looked = isFileSpecifier(specifier)
    ? `there is no such file in ${dirname(resolve(dirname(from), specifier))}`
    : `no folder node_modules in ${dirname(from)} or above has it`;
  const message = `Cannot find module ${JSON.stringify(specifier)}, imported by ${importer}: ${looked}`;
  return Object.assign(new Error(message), { code: "MODULE_NOT_FOUND" });
}
