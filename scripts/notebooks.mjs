// npm run notebooks: executes notebooks without Python, saves or compares them. The work is done in kernel-lib/src/notebook.
import "./setup/check-node.mjs";
import { createRequire } from "node:module";
import { createReporter, tellProblems } from "./setup/reporter.mjs";
import { setUp } from "./setup/runner.mjs";
import { headless } from "./setup/steps.mjs";

if (tellProblems(await setUp(headless, createReporter()))) process.exit(1);
const { main } = createRequire(import.meta.url)("../kernel-lib/dist/notebook/cli.js");
process.exit(await main(process.argv.slice(2)));
