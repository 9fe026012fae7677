import { join } from "node:path";
import { localCache, root } from "./paths.mjs";

const settings = join(root, "scripts", "jupyter");

/**
 * The environment in which Jupyter keeps to this checkout: its settings are ours, its files lie in .cache, and what the user has configured
 * for another Jupyter, or for Python, does not reach it.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function jupyterEnv(env = process.env) {
  const kept = Object.entries(env).filter(
    ([name]) =>
      !/^(JUPYTER|JUPYTERLAB|IPYTHON)_?|^PYTHON(HOME|PATH)$|^VIRTUAL_ENV$/.test(name) ||
      name === "JUPYTER_TOKEN",
  );
  const own = join(localCache, "jupyter");
  return {
    ...Object.fromEntries(kept),
    JUPYTER_CONFIG_PATH: settings,
    JUPYTER_PATH: join(settings, "share"),
    JUPYTER_CONFIG_DIR: join(own, "config"),
    JUPYTER_DATA_DIR: join(own, "data"),
    JUPYTER_RUNTIME_DIR: join(own, "runtime"),
    JUPYTER_PREFER_ENV_PATH: "1",
    IPYTHONDIR: join(localCache, "ipython"),
    PYTHONNOUSERSITE: "1",
  };
}
