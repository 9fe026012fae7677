import { join } from "node:path";
import { parseArgs } from "node:util";
import { getHeapStatistics } from "node:v8";
import { Worker } from "node:worker_threads";
import { FLOW_BYTES, limitFlow } from "./flow";
import { log } from "./log";
import { createRing } from "./ring";
import { FLAGS_BYTES, type RunnerRequest, type WorkerData } from "./runner/messages";

/** The protocol's thread makes much short-lived garbage; V8 would let it grow to 48 MB before it looks. */
const WORKER_LIMITS = { maxYoungGenerationSizeMb: 4 };

/** Starts the kernel: cells on this thread, the protocol on a worker. The command is `kernelCommand` of kernelspec.ts. */
function main(): void {
  const parent = process.ppid;
  const connectionFile = connectionFileArgument();
  if (connectionFile === undefined) {
    log("Usage: node --no-force-async-hooks-checks main.js --connection-file FILE");
    process.exit(2);
  }
  const cwd = workingFolder();
  const ring = createRing();
  const flags = new SharedArrayBuffer(FLAGS_BYTES);
  const flow = new SharedArrayBuffer(FLOW_BYTES);
  const heapLimit = getHeapStatistics().heap_size_limit;
  const workerData: WorkerData = { connectionFile, cwd, parent, ring, flags, flow, heapLimit };
  const worker = new Worker(join(__dirname, "worker.js"), { workerData, resourceLimits: WORKER_LIMITS });
  // The worker starts while this thread loads what runs the cells.
  const { exitProcess } = require("./runner/lifecycle") as typeof import("./runner/lifecycle");
  const { Runner } = require("./runner/runner") as typeof import("./runner/runner");
  worker.on("error", (error) => log(`the protocol's thread failed: ${error.stack}`));
  worker.on("exit", exitProcess);
  const report = limitFlow(flow, (counted, transfer) => worker.postMessage(counted, transfer));
  const runner = new Runner(ring, flags, report);
  runner.prepare(cwd);
  worker.on("message", (request: RunnerRequest) => runner.handle(request));
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    log("cannot start: the working folder does not exist any more");
    process.exit(1);
  }
}

function connectionFileArgument(): string | undefined {
  try {
    return parseArgs({ options: { "connection-file": { type: "string" } } }).values["connection-file"];
  } catch {
    return undefined;
  }
}

main();
