// npm test: sets up what is missing, then runs every check, whether or not an earlier one failed.
import "./setup/check-node.mjs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { jupyterEnv } from "./setup/jupyter.mjs";
import { nodeModules, root, venvPython } from "./setup/paths.mjs";
import { createReporter, tellProblems } from "./setup/reporter.mjs";
import { setUp } from "./setup/runner.mjs";
import { testing } from "./setup/steps.mjs";

const node = process.execPath;
const vitest = join(nodeModules, "vitest", "vitest.mjs");

/** Each check with its command and the set-up steps it cannot run without. */
const checks = [
  { name: "lint and types", needs: ["kernel-lib"], command: [node, "scripts/lint.mjs"] },
  { name: "unit tests", needs: ["kernel-lib"], command: [node, vitest, "run"] },
  {
    name: "kernel protocol",
    needs: ["Jupyter kernels"],
    command: [venvPython, "-m", "unittest", "discover", "-s", "kernel-lib/test/jupyter", "-p", "*_test.py"],
    env: jupyterEnv(),
  },
  {
    name: "notebooks as committed",
    needs: ["kernel-lib"],
    command: [node, "scripts/notebooks.mjs", "--check"],
  },
  {
    name: "set-up",
    needs: ["npm packages"],
    command: [node, vitest, "run", "--config", "scripts/test/slow.config.mts", "set-up"],
  },
  {
    name: "JupyterLab in a browser",
    needs: ["Jupyter kernels", "Chromium"],
    command: [node, vitest, "run", "--config", "scripts/test/browser.config.mts"],
  },
];

const problems = await setUp(testing, createReporter());
tellProblems(problems);

const results = [];
for (const check of checks) {
  const started = performance.now();
  const missing = check.needs.find((step) => problems.has(step));
  console.log(`\n── ${check.name} ${"─".repeat(Math.max(0, 76 - check.name.length))}`);
  if (missing) console.log(`Not run: ${problems.get(missing)?.message}`);
  const passed = missing ? false : await run(check);
  results.push({ name: check.name, passed, seconds: (performance.now() - started) / 1000 });
}

console.log(`\n── Summary ${"─".repeat(69)}`);
for (const { name, passed, seconds } of results)
  console.log(`${passed ? "✓" : "✗"} ${name.padEnd(26)}${seconds.toFixed(1).padStart(7)} s`);
const failed = results.filter(({ passed }) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {{ command: string[], env?: NodeJS.ProcessEnv }} check */
async function run({ command: [program = "", ...args], env = process.env }) {
  const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  const [code] = await Promise.race([
    once(child, "exit"),
    once(child, "error").then(([error]) => [error.message]),
  ]);
  return code === 0;
}
