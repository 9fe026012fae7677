// npm run export [-- NBCONVERT'S ARGUMENTS]: notebooks as HTML pages that load nothing; without arguments all in notebooks/, into exported/.
import "./setup/check-node.mjs";
import { spawnSync } from "node:child_process";
import { jupyterEnv } from "./setup/jupyter.mjs";
import { npmPackages } from "./setup/npm-packages.mjs";
import { root, venvPython } from "./setup/paths.mjs";
import { pythonEnvironment } from "./setup/python-environment.mjs";
import { createReporter, tellProblems } from "./setup/reporter.mjs";
import { setUp } from "./setup/runner.mjs";

const everything = ["notebooks/*.ipynb", "--output-dir=exported"];

if (tellProblems(await setUp([npmPackages, pythonEnvironment], createReporter()))) process.exit(1);
const given = process.argv.slice(2);
const args = ["-m", "nbconvert", "--to=html", ...(given.length > 0 ? given : everything)];
const { status } = spawnSync(venvPython, args, { cwd: root, env: jupyterEnv(), stdio: "inherit" });
process.exitCode = status ?? 1;
