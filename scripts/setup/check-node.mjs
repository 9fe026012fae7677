// Imported before anything else by each script that people start: ends it with one sentence where Node is too old.
import { nodeProblem } from "./node-version.mjs";

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exit(1);
}
