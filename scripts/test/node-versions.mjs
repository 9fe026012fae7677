// npm run test:node-versions: the bits of a training run, and a kernel whose heap is full, on Node 20, 22 and 24, each
// from its npm package.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ask } from "../setup/command.mjs";
import { localCache, nodeModules, root } from "../setup/paths.mjs";
import { createReporter, tellProblems } from "../setup/reporter.mjs";
import { setUp } from "../setup/runner.mjs";
import { headless } from "../setup/steps.mjs";

const versions = ["20", "22", "24"];
const tests = [
  "kernel-lib/test/engine/digest.test.ts",
  "kernel-lib/test/jupyter/heap.test.ts",
  "kernel-lib/test/jupyter/heap-after-cell.test.ts",
];

if (tellProblems(await setUp(headless, createReporter()))) process.exit(1);
const results = versions.map((version) => {
  const node = provide(version);
  const name = (node && ask(node, ["--version"])) ?? `v${version}`;
  console.log(`\n── Node ${name}`);
  const vitest = [join(nodeModules, "vitest", "vitest.mjs"), "run", "--no-file-parallelism", ...tests];
  const passed = node !== undefined && spawnSync(node, vitest, { cwd: root, stdio: "inherit" }).status === 0;
  return { name, passed };
});

console.log();
for (const { name, passed } of results) console.log(`${passed ? "✓" : "✗"} Node ${name}`);
const failed = results.filter(({ passed }) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/**
 * The executable of the newest release of a Node line, from .cache/node-versions or else from npm.
 * @param {string} version
 */
function provide(version) {
  const folder = join(localCache, "node-versions", version);
  const windows = process.platform === "win32";
  const platform = windows ? "win" : process.platform;
  const name = `node-${platform === "darwin" && process.arch === "arm64" ? "bin-" : ""}${platform}-${process.arch}`;
  const node = join(folder, "node_modules", name, "bin", windows ? "node.exe" : "node");
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  const npm = ["install", "--no-save", "--no-package-lock", "--prefix", folder, `${name}@${version}`];
  const { status } = spawnSync("npm", npm, { cwd: folder, stdio: "inherit", shell: windows });
  return status === 0 && existsSync(node) ? node : undefined;
}
