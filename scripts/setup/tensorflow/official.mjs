import { request } from "node:https";
import { delimiter, dirname, join } from "node:path";
import { execute, logFile } from "../command.mjs";
import { nodeModules } from "../paths.mjs";
import { manifest, napiVersion, packageFolder } from "./binding.mjs";

const probeMs = 3000;

/**
 * The package's own installer, where the site that it downloads from can be reached.
 * @param {import("../runner.mjs").Context} context
 * @returns {Promise<string | undefined>} why not; undefined when it is installed
 */
export async function official({ lock, follow }) {
  if (!(await isServed(addonUrl()))) return `${official.label} cannot be reached`;
  const log = "tensorflow-official";
  follow(logFile(log));
  const path = [join(nodeModules, ".bin"), dirname(process.execPath), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path };
  const result = await execute(process.execPath, ["scripts/install.js"], {
    log,
    lock,
    env,
    cwd: packageFolder,
  });
  return result.ok ? undefined : `${official.label} does not install (${result.log})`;
}
official.label = "the official download";

/** The address of the addon for this platform, as the package composes it. */
export function addonUrl() {
  const { binary, version } = manifest();
  const platform = { linux: "linux", darwin: "darwin", win32: "windows" }[process.platform];
  const archive = `CPU-${platform}-${version}.${process.platform === "win32" ? "zip" : "tar.gz"}`;
  return `${binary.host}/napi-v${napiVersion()}/${version}/${archive}`;
}

/**
 * Whether an address answers with a file, within a few seconds.
 * @param {string} url
 * @returns {Promise<boolean>}
 */
export function isServed(url, timeoutMs = probeMs) {
  return new Promise((resolve) => {
    const probe = request(url, { method: "HEAD" }, (response) => {
      response.resume();
      settle(response.statusCode === 200);
    });
    const timer = setTimeout(() => settle(false), timeoutMs);
    function settle(answer) {
      clearTimeout(timer);
      probe.destroy();
      resolve(answer);
    }
    probe.on("error", () => settle(false));
    probe.end();
  });
}
