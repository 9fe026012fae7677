import { dirname, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { EmitOptions } from "../compiler/emit-options";
import { compileModule } from "../runner/compile-module";
import { isLocalModule } from "../runner/resolve";
import { PositionMap } from "./positions";

/** The compiled library's folder, whose files are no code of the user's. */
const OWN_FOLDER = dirname(dirname(__dirname)) + sep;

/** Regular expressions of the scripts that are stepped over. */
export const BLACKBOXED = ["^node:", "/node_modules/", `^${escapeRegExp(scriptOf(OWN_FOLDER))}`];

/** The name of a local module's script. */
export function scriptOf(file: string): string {
  return pathToFileURL(file).href;
}

/** The file of a local module's script, or undefined for any other script. */
export function moduleOf(script: string): string | undefined {
  if (!script.startsWith("file:")) return undefined;
  const file = fileURLToPath(script);
  return isLocalModule(file) && !file.startsWith(OWN_FOLDER) ? file : undefined;
}

/** A local module as the main thread compiles it, or undefined where it has a syntax error. */
export function compiled(
  file: string,
  source: string,
  emitOptions: EmitOptions,
): { code: string; map: PositionMap } | undefined {
  try {
    const { code, sourceMap } = compileModule(source, file, file, emitOptions);
    return { code, map: new PositionMap(sourceMap) };
  } catch {
    return undefined;
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
