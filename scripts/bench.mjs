// npm run bench [-- NAME…] [--peers] [--json FILE] [--quick] [--resume]: times the engines, and other libraries beside them.
import "./setup/check-node.mjs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { bench } from "../kernel-lib/bench/bench.mjs";
import { benchEnvironment, benchPython } from "./setup/bench-environment.mjs";
import { createReporter, tellProblems } from "./setup/reporter.mjs";
import { setUp } from "./setup/runner.mjs";
import { jupyter } from "./setup/steps.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    peers: { type: "boolean", default: false },
    json: { type: "string" },
    quick: { type: "boolean", default: false },
    resume: { type: "boolean", default: false },
  },
});

const steps = values.peers ? [...jupyter, benchEnvironment] : jupyter;
if (tellProblems(await setUp(steps, createReporter()))) process.exit(1);
process.exitCode = await bench({
  ...values,
  names: positionals,
  cores: availableParallelism(),
  ...(values.peers ? { python: benchPython } : {}),
});
