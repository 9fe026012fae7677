// npm start [-- JUPYTERLAB'S ARGUMENTS]: sets up what is missing, then runs JupyterLab on notebooks/.
import "./setup/check-node.mjs";
import { startJupyterLab } from "./setup/jupyter-lab.mjs";
import { createReporter, tellProblems } from "./setup/reporter.mjs";
import { setUp } from "./setup/runner.mjs";
import { jupyter } from "./setup/steps.mjs";

const problems = await setUp(jupyter, createReporter());
if (tellProblems(problems)) process.exit(1);
process.exitCode = await startJupyterLab(process.argv.slice(2));
