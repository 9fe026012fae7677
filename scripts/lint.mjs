// npm run lint: format, lint rules and types. `npx biome check --write` corrects what can be corrected.
import "./setup/check-node.mjs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { nodeModules, root } from "./setup/paths.mjs";
import { createReporter, tellProblems } from "./setup/reporter.mjs";
import { setUp } from "./setup/runner.mjs";
import { headless } from "./setup/steps.mjs";

const checks = [
  ["@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."],
  // By path: tslab brings a compiler of its own that takes the name `tsc`.
  ["typescript/bin/tsc", "-p", "."],
  ["typescript/bin/tsc", "-p", "scripts"],
];

if (tellProblems(await setUp(headless, createReporter()))) process.exit(1);
const failed = checks.filter(([program, ...args]) => {
  const result = spawnSync(process.execPath, [join(nodeModules, program), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  return result.status !== 0;
});
process.exitCode = failed.length === 0 ? 0 : 1;
