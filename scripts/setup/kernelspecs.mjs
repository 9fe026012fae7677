import { join } from "node:path";
import { execute, logFile } from "./command.mjs";
import { nodeModules, root, venv } from "./paths.mjs";
import { explain } from "./problem.mjs";
import { contentOf, keyOf, writeWhole } from "./stamp.mjs";

const stamp = join(venv, "share", "jupyter", "kernels", ".stamp");
const writer = join(root, "kernel-lib", "dist", "jupyter", "cli.js");
const specification = join(root, "kernel-lib", "dist", "jupyter", "kernelspec.js");

/**
 * The kernels that JupyterLab offers: `typescript`, ours, and `tslab`, for comparison.
 * @type {import("./runner.mjs").Step}
 */
export const kernelspecs = {
  name: "Jupyter kernels",
  needs: ["kernel-lib", "Python environment"],
  upToDate: () => contentOf(stamp) === inputs(),
  async run({ lock, follow }) {
    const log = "kernels";
    follow(logFile(log));
    const written = await execute(process.execPath, [writer, "install", "--prefix", venv], { log, lock });
    if (!written.ok) throw explain({ doing: "Registering the TypeScript kernel", ...written });
    writeWhole(join(venv, "share", "jupyter", "kernels", "tslab", "kernel.json"), tslabSpec());
    writeWhole(stamp, inputs());
  },
};

/** Stock tslab, as its own installer registers it, but by path: it needs no global installation. */
function tslabSpec() {
  const program = join(nodeModules, "tslab", "bin", "tslab");
  const argv = [process.execPath, program, "kernel", "--config-path", "{connection_file}"];
  return JSON.stringify({ argv, display_name: "TypeScript (tslab)", language: "typescript" }, null, 2);
}

/** A kernelspec holds absolute paths: it changes with the checkout's place and with node's. */
const inputs = () =>
  keyOf([root, process.execPath, contentOf(writer), contentOf(specification), tslabSpec()]);
