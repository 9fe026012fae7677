import { join } from "node:path";
import { nodeModules } from "../paths.mjs";
import { contentOf } from "../stamp.mjs";

/** Where npm put @tensorflow/tfjs-node. */
export const packageFolder = join(nodeModules, "@tensorflow", "tfjs-node");

/** The package's own description: `binary` tells where its native part lives and where its maker serves it. */
export const manifest = () => JSON.parse(contentOf(join(packageFolder, "package.json")));

/** The newest version of Node's native interface that both the package and this Node speak. */
export function napiVersion() {
  const spoken = manifest().binary.napi_versions.filter(
    (version) => version <= Number(process.versions.napi),
  );
  return Math.max(...spoken);
}

/** The addon's file, there or not. */
export const addonFile = () => join(packageFolder, "lib", `napi-v${napiVersion()}`, "tfjs_binding.node");
