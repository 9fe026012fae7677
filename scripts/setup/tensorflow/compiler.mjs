import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/**
 * The C++ compiler: the environment's `CXX`, else the first of the usual ones on the PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} its path
 */
export function findCompiler(env = process.env) {
  const names = env.CXX ? [env.CXX] : ["g++", "c++", "clang++"];
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = names.flatMap((name) =>
    isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name)),
  );
  return candidates.find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
