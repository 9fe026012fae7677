import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execute, logFile } from "./command.mjs";
import { root } from "./paths.mjs";
import { Problem } from "./problem.mjs";
import { contentOf, keyOf, treeKey, writeWhole } from "./stamp.mjs";

const packageFolder = join(root, "kernel-lib");
const source = join(packageFolder, "src");
const webAssembly = join(packageFolder, "wasm");
const output = join(packageFolder, "dist");
const stamp = join(output, ".stamp");

/**
 * kernel-lib, compiled.
 * @type {import("./runner.mjs").Step}
 */
export const library = {
  name: "kernel-lib",
  needs: ["npm packages"],
  upToDate: () => contentOf(stamp) === inputs() && existsSync(join(output, "index.js")),
  async run({ lock, follow }) {
    const log = "kernel-lib";
    const key = inputs();
    follow(logFile(log));
    rmSync(stamp, { force: true });
    const result = await execute(process.execPath, [join(root, "scripts", "build.mjs")], { log, lock });
    if (!existsSync(join(output, "index.js")) || !existsSync(join(output, "engine", "kernels.wasm")))
      throw new Problem({
        what: `kernel-lib does not compile: ${result.output.trim().split("\n")[0]}`,
        todo: "Correct it and start again.",
        log: result.log,
      });
    if (!result.ok)
      return `with type errors, used all the same: ${result.output.trim().split("\n")[0]} (all in ${result.log})`;
    removeOrphans();
    writeWhole(stamp, key);
  },
};

function inputs() {
  const files = [
    "scripts/build.mjs",
    "package-lock.json",
    "tsconfig.json",
    "kernel-lib/tsconfig.json",
    "kernel-lib/package.json",
  ];
  return keyOf([treeKey(source), treeKey(webAssembly), ...files.map((file) => contentOf(join(root, file)))]);
}

/** Removes what an earlier build made of sources that are gone. */
function removeOrphans() {
  for (const entry of readdirSync(output, { recursive: true })) {
    const made = /^(.*)\.(d\.ts|js|js\.map)$/.exec(String(entry));
    if (made && !existsSync(join(source, `${made[1]}.ts`)))
      rmSync(join(output, String(entry)), { force: true });
  }
}
