// npm run setup: sets up what is missing, and tries again what could not be had before.
import "./setup/check-node.mjs";
import { createReporter, tellProblems } from "./setup/reporter.mjs";
import { setUp } from "./setup/runner.mjs";
import { jupyter } from "./setup/steps.mjs";
import { forgetFallBack } from "./setup/tensorflow.mjs";

forgetFallBack();
const problems = await setUp(jupyter, createReporter());
if (tellProblems(problems)) process.exit(1);
console.log("Everything is in place. Start JupyterLab with: npm start");
