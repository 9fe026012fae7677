import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ask, execute, logFile } from "./command.mjs";
import { explain, Problem } from "./problem.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const usualPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The Chromium or Chrome that the browser tests drive: the environment's `CHROMIUM`, else the system's.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findChromium(env = process.env) {
  if (env.CHROMIUM) return isExecutable(env.CHROMIUM) ? env.CHROMIUM : undefined;
  const onPath = (env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...usualPlaces].find(isExecutable);
}

/**
 * A browser for the browser tests. In CI it is installed where apt-get can; on a person's machine that is the person's choice.
 * @type {import("./runner.mjs").Step}
 */
export const chromium = {
  name: "Chromium",
  upToDate: () => findChromium() !== undefined,
  async run({ lock, follow }) {
    if (process.env.CI !== "true" || !ask("apt-get", ["--version"])) throw missing();
    const log = "chromium";
    follow(logFile(log));
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const install = "apt-get update && apt-get install -y --no-install-recommends chromium";
    const asRoot = process.getuid?.() === 0 ? ["sh", "-c", install] : ["sudo", "-n", "sh", "-c", install];
    const result = await execute(asRoot[0], asRoot.slice(1), { log, lock, env });
    if (!result.ok)
      throw explain({ doing: "Installing Chromium", works: "Only the browser tests need it.", ...result });
  },
};

const missing = () =>
  new Problem({
    what: process.env.CHROMIUM
      ? `The browser tests need Chromium, and CHROMIUM=${process.env.CHROMIUM} is not a program.`
      : "The browser tests need Chromium or Chrome, and none was found.",
    works: "All other checks work without it.",
    todo: "Install it (Debian: apt-get install chromium; Fedora: dnf install chromium; macOS: brew install --cask chromium), or name one with the environment variable CHROMIUM, and start again.",
  });

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
