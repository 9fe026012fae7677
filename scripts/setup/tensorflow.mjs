import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execute } from "./command.mjs";
import { nodeModules, root, venvPython } from "./paths.mjs";
import { contentOf, keyOf, writeWhole } from "./stamp.mjs";
import { addonFile, packageFolder } from "./tensorflow/binding.mjs";
import { findCompiler } from "./tensorflow/compiler.mjs";
import { official } from "./tensorflow/official.mjs";
import { fromWheel } from "./tensorflow/wheel.mjs";

const stamp = join(packageFolder, ".stamp");

/**
 * The native library of @tensorflow/tfjs-node, by the first way that works: already there, its own installer, TensorFlow's Python wheel.
 * Where none does, TensorFlow.js runs on WebAssembly; that is a remark and no failure, and it is made once.
 * @type {import("./runner.mjs").Step}
 */
export const tensorflow = {
  name: "TensorFlow library",
  needs: ["npm packages"],
  upToDate: () => process.env.RNN_TF_BACKEND === "wasm" || recorded(),
  async run(context) {
    const reasons = [];
    for (const way of [alreadyThere, official, fromWheel]) {
      const reason = await way(context);
      const works = reason === undefined && (await loads(context));
      if (works) return record("tensorflow");
      reasons.push(reason ?? `${way.label}: built, but does not load`);
    }
    rmSync(addonFile(), { force: true });
    record("wasm");
    return `TensorFlow.js will run on WebAssembly (${reasons.slice(1).join("; ")}). To try again: npm run setup`;
  },
};

/** Forgets that the native library could not be had, so that the next set-up tries again. */
export function forgetFallBack() {
  if (contentOf(stamp).startsWith("wasm")) rmSync(stamp);
}

async function alreadyThere() {
  return existsSync(addonFile()) ? undefined : "not there yet";
}
alreadyThere.label = "already there";

/** Runs the library once in a process of its own: one that does not fit this machine ends the process. */
async function loads({ lock }) {
  const code = `const util = require("node:util"); util.isNullOrUndefined ??= (value) => value == null;
    const tf = require("@tensorflow/tfjs-node"); process.exit(tf.tensor([1, 2]).sum().dataSync()[0] === 3 ? 0 : 1)`;
  return (await execute(process.execPath, ["-e", code], { log: "tensorflow-load", lock })).ok;
}

function recorded() {
  const [backend, key] = contentOf(stamp).split(" ");
  return key === inputs() && (backend === "wasm" || existsSync(addonFile()));
}

function record(backend) {
  writeWhole(stamp, `${backend} ${inputs()}`);
}

/** A compiler or a Python that came since is a reason to try again. */
function inputs() {
  return keyOf([
    contentOf(join(packageFolder, "package.json")),
    contentOf(join(root, "requirements-tensorflow.txt")),
    [process.versions.node, process.platform, process.arch, nodeModules],
    [findCompiler() ?? "", existsSync(venvPython)],
  ]);
}
