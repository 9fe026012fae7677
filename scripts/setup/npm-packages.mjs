import { existsSync, realpathSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { execute, logFile } from "./command.mjs";
import { nodeModules, root } from "./paths.mjs";
import { explain, Problem } from "./problem.mjs";
import { contentOf } from "./stamp.mjs";

/**
 * The npm packages, exactly as locked.
 * @type {import("./runner.mjs").Step}
 */
export const npmPackages = {
  name: "npm packages",
  upToDate: () =>
    installedAsLocked(
      packagesOf(join(root, "package-lock.json")),
      packagesOf(join(nodeModules, ".package-lock.json")),
    ),
  async run({ lock, follow }) {
    const log = "npm-packages";
    follow(logFile(log));
    const result = await execute(
      process.execPath,
      [
        npmCli(),
        "ci",
        "--ignore-scripts",
        "--prefer-offline",
        "--fetch-retry-mintimeout=2000",
        "--fetch-retry-maxtimeout=10000",
      ],
      { log, lock },
    );
    if (!result.ok) throw explain({ doing: "Installing the npm packages", ...result });
  },
};

/**
 * Whether node_modules holds what the lockfile says. npm writes its own list, the second argument, when all else is in place.
 * @param {Record<string, any> | undefined} locked
 * @param {Record<string, any> | undefined} installed
 */
export function installedAsLocked(locked, installed) {
  if (!locked || !installed) return false;
  const agrees = Object.entries(locked).every(([path, wanted]) => {
    if (path === "" || wanted.link || !path.includes("node_modules/")) return true;
    const found = installed[path];
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
  const fits = (list, value) =>
    !list || list.includes(value) || list.some((item) => item.startsWith("!") && item !== `!${value}`);
  const forThisPlatform = Object.values(installed).every(
    ({ os, cpu }) => fits(os, process.platform) && fits(cpu, process.arch),
  );
  return agrees && forThisPlatform;
}

function packagesOf(file) {
  const text = contentOf(file);
  return text ? JSON.parse(text).packages : undefined;
}

/** The npm that started us, else the one beside node, else the one on the PATH. */
export function npmCli() {
  const launched = process.env.npm_execpath;
  const besideNode = dirname(process.execPath);
  const candidates = [
    launched && basename(launched) === "npm-cli.js" ? launched : undefined,
    join(besideNode, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(besideNode, "node_modules", "npm", "bin", "npm-cli.js"),
    ...(process.env.PATH ?? "").split(delimiter).map((folder) => linkTarget(join(folder, "npm"))),
  ];
  const found = candidates.find((file) => file && existsSync(file));
  if (found) return found;
  throw new Problem({
    what: "npm was not found.",
    todo: "Install Node together with npm, then start with: npm start",
  });
}

/** On most systems the command `npm` is a link to npm's program. */
function linkTarget(link) {
  try {
    const target = realpathSync(link);
    return basename(target) === "npm-cli.js" ? target : undefined;
  } catch {
    return undefined;
  }
}
