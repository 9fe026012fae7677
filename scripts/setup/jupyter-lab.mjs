import { spawn } from "node:child_process";
import { join } from "node:path";
import { jupyterEnv } from "./jupyter.mjs";
import { root, venvPython } from "./paths.mjs";

const patienceMs = 10_000;

/**
 * Runs JupyterLab on `notebooks/` until it ends. Ctrl-C, or a request to terminate, stops it and its kernels.
 * @param {string[]} args JupyterLab's own arguments, like --no-browser or --port 8890
 * @returns {Promise<number>} its exit code
 */
export function startJupyterLab(args) {
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const server = spawn(venvPython, ["-m", "jupyterlab", ...asRoot, ...args], {
    cwd: join(root, "notebooks"),
    env: jupyterEnv(),
    stdio: ["ignore", "inherit", "inherit"],
    // In a process group of its own: a server that is asked twice to stop leaves its kernels running, and a terminal's Ctrl-C would ask it too.
    detached: process.platform !== "win32",
  });
  let asked = false;
  const stop = () => {
    if (asked) return;
    asked = true;
    server.kill("SIGTERM");
    // When its kernels have ended, the server can still wait for a thread of its own that never ends.
    setTimeout(() => server.kill("SIGKILL"), patienceMs).unref();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  process.once("exit", () => server.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (code, signal) => resolve(code ?? (asked && signal ? 0 : 1)));
  });
}
