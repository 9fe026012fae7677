import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout that this file belongs to. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Logs, the set-up's lock and JupyterLab's own files: everything here can be deleted at any time. */
export const localCache = join(root, ".cache");

export const venv = join(root, ".venv");

/** The virtual environment's interpreter. */
export const venvPython =
  process.platform === "win32" ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");

export const nodeModules = join(root, "node_modules");

/**
 * The folder for large files that clones of this repository share: `RNN_CACHE_DIR`, else the platform's usual place.
 * @param {NodeJS.ProcessEnv} env
 */
export function sharedCache(env = process.env) {
  if (env.RNN_CACHE_DIR) return env.RNN_CACHE_DIR;
  const name = "recurrent-networks-in-typescript";
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", name);
  if (process.platform === "win32")
    return join(env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), name, "Cache");
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), name);
}
