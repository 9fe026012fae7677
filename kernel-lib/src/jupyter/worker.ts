import { workerData } from "node:worker_threads";
import { startChecker } from "./compiler/start";
import type { WorkerData } from "./runner/messages";

// The checker takes the longest to be ready: it reads its library while this thread loads the rest of the kernel.
const checker = startChecker((workerData as WorkerData).cwd);
const { serve } = require("./protocol-thread") as typeof import("./protocol-thread");
serve(workerData as WorkerData, checker);
