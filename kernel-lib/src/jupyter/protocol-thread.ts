import { parentPort, receiveMessageOnPort } from "node:worker_threads";
import { openCompiler } from "./compiler/compiler";
import type { StartedChecker } from "./compiler/start";
import { readConnection } from "./connection";
import { type Counted, FlowReader } from "./flow";
import { type Kernel, serveKernel } from "./kernel";
import { log } from "./log";
import { MemoryWatch } from "./memory-watch";
import { watchParent } from "./parent";
import { RemoteRunner } from "./remote-runner";
import { RingReader } from "./ring";
import type { WorkerData } from "./runner/messages";

/**
 * How long the end may take in all, in ms: then whatever still runs (a native call, say) is killed. Together with the time
 * until the parent's death is noticed it is less than 2 s.
 */
const END_MS = 1250;

/** The thread of the protocol: it stays free for interrupts and completion while cells run on the main thread. */
export function serve(data: WorkerData, checker: StartedChecker): void {
  // The user's variables are worth more than one request that went wrong.
  process.on("unhandledRejection", (error) => log(`unhandled: ${(error as Error)?.stack ?? error}`));
  start(data, checker).catch((error: Error) => {
    log(`cannot start: ${error.message}`);
    process.exit(1);
  });
}

async function start(
  { connectionFile, parent, ring, flags, flow, heapLimit }: WorkerData,
  checker: StartedChecker,
): Promise<void> {
  const port = parentPort!;
  const runner = new RemoteRunner(port, flags);
  const compiler = openCompiler(checker);
  // A failure is told by each cell that needs it.
  compiler.catch(() => {});
  let kernel: Kernel | undefined;

  let ending = false;
  async function end(): Promise<void> {
    if (ending) return;
    ending = true;
    setTimeout(() => process.kill(process.pid, "SIGKILL"), END_MS);
    await kernel?.close();
    await compiler.then((opened) => opened.close()).catch(() => {});
    runner.exit();
  }

  const reader = new FlowReader(flow);
  const report = (message: Counted): void => {
    try {
      kernel?.report(message);
    } finally {
      reader.took(message);
    }
  };
  function deliver(): void {
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) report(next.message);
  }

  port.on("message", report);
  watchParent(parent, end);
  kernel = await serveKernel({
    connection: readConnection(connectionFile),
    ring: new RingReader(ring),
    deliver,
    runner,
    memory: new MemoryWatch(heapLimit),
    compiler,
    onShutdown: end,
  });
}
