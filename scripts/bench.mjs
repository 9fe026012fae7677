import "./setup/check-node.mjs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { bench } from "../kernel-lib/bench/bench.mjs";
import { benchEnvironment, benchPython } from "./setup/bench-environment.mjs";
import { benchKernels, denoExecutable } from "./setup/bench-kernels.mjs";
import { venvPython } from "./setup/paths.mjs";
import { createReporter, tellProblems } from "./setup/reporter.mjs";
import { setUp } from "./setup/runner.mjs";
import { jupyter } from "./setup/steps.mjs";

const usage = `npm run bench [-- NAME…] [--peers] [--json FILE] [--quick] [--resume]
    times the engines, and other libraries beside them
npm run bench -- profile [NAME…] [--json FILE]
    where an engine's time goes, against what the machine can multiply
npm run bench -- kernel [NAME…] [--json FILE] [--readme] [--quick]
    times the kernel, and other kernels beside it`;

const { values, positionals } = readArguments();
if (values.help) console.log(usage);
else process.exitCode = await run();

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        peers: { type: "boolean", default: false },
        json: { type: "string" },
        readme: { type: "boolean", default: false },
        quick: { type: "boolean", default: false },
        resume: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    console.error(`npm run bench: ${/** @type {Error} */ (error).message}\n\n${usage}`);
    process.exit(2);
  }
}

async function run() {
  const [subject, ...rest] = positionals;
  if (subject === "kernel") return benchTheKernel(rest);
  return subject === "profile" ? profileTheEngines(rest) : benchTheEngines();
}

/** @param {string[]} names */
async function benchTheKernel(names) {
  if (tellProblems(await setUp([...jupyter, benchKernels], createReporter()))) return 1;
  const { benchKernel } = await import("../kernel-lib/bench/kernel/bench.mjs");
  const { json, readme, quick } = values;
  return benchKernel({ names, json, readme, quick, python: venvPython, deno: denoExecutable() });
}

/** @param {string[]} names */
async function profileTheEngines(names) {
  if (tellProblems(await setUp(jupyter, createReporter()))) return 1;
  const { profile } = await import("../kernel-lib/bench/profile.mjs");
  await profile({ names, threads: Math.min(2, availableParallelism()), json: values.json });
  return 0;
}

async function benchTheEngines() {
  const steps = values.peers ? [...jupyter, benchEnvironment] : jupyter;
  if (tellProblems(await setUp(steps, createReporter()))) return 1;
  return bench({
    ...values,
    names: positionals,
    cores: availableParallelism(),
    ...(values.peers ? { python: benchPython } : {}),
  });
}
