import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { localCache, root } from "./paths.mjs";

/**
 * Runs a command to its end, its output in a log file.
 * @param {string} command
 * @param {string[]} args
 * @param {{ log: string, cwd?: string, env?: NodeJS.ProcessEnv, lock?: { add(pid: number): void, remove(pid: number): void } }} options
 *   `log`: the log's name, without folder or ending; `lock`: told of the child, so that it outlasts this process
 * @returns {Promise<{ ok: boolean, output: string, log: string }>}
 */
export function execute(command, args, { log, cwd = root, env = process.env, lock }) {
  const file = logFile(log);
  mkdirSync(dirname(file), { recursive: true });
  const out = openSync(file, "w");
  return new Promise((resolve) => {
    // A file, not a pipe: a child that outlives a killed set-up can go on writing.
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", out, out], windowsHide: true });
    const pid = child.pid;
    if (pid) lock?.add(pid);
    const end = (ok, extra = "") => {
      closeSync(out);
      if (pid) lock?.remove(pid);
      resolve({ ok, output: readFileSync(file, "utf8") + extra, log: shown(file) });
    };
    child.once("error", (error) => end(false, `${basename(command)}: ${error.message}`));
    child.once("exit", (code, signal) =>
      end(code === 0, signal ? `${basename(command)} was ended by ${signal}` : ""),
    );
  });
}

/** The path of a log. */
export const logFile = (name) => join(localCache, "setup", `${name}.log`);

/** A path of the checkout as a person would type it. */
export const shown = (file) => file.slice(root.length + 1);

/**
 * Runs a short command and returns what it printed on standard output; undefined if it failed.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function ask(command, args, env = process.env) {
  const result = spawnSync(command, args, { encoding: "utf8", env, timeout: 20_000, windowsHide: true });
  return result.status === 0 ? result.stdout.trim() : undefined;
}
