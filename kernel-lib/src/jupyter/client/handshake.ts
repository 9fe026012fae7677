import { setTimeout as sleep } from "node:timers/promises";
import { KernelDiedError, KernelTimeoutError, kernelOutput } from "./errors";
import type { KernelProcess } from "./process";
import type { Requests } from "./requests";

/** A port that was free when it was chosen belongs to another program now. */
export const PORT_TAKEN = /EADDRINUSE|Address already in use/i;

const TICK_MS = 10;
/** A kernel may lose what it is asked while it is still opening its sockets. */
const ASK_AGAIN_MS = 1_000;

/**
 * Waits for the kernel's first reply, then until something arrives on iopub: that subscription takes effect a little later.
 * @throws KernelDiedError, KernelTimeoutError
 */
export async function handshake(requests: Requests, kernel: KernelProcess, timeout: number): Promise<void> {
  const deadline = performance.now() + timeout;
  const ask = () => requests.open("kernel_info_request", {});
  const asked = [ask()];
  let askAgain = performance.now() + ASK_AGAIN_MS;
  while (!asked.some((request) => request.isPublished)) {
    await sleep(TICK_MS);
    if (requests.failure) throw requests.failure;
    const wrote = kernelOutput(kernel.output);
    if (PORT_TAKEN.test(wrote)) throw new KernelDiedError(`startKernel: a port was taken${wrote}`);
    if (performance.now() > deadline)
      throw new KernelTimeoutError(`startKernel: no answer within ${timeout / 1000} s${wrote}`);
    if (performance.now() > askAgain || asked.every((request) => request.hasReply)) {
      asked.push(ask());
      askAgain = performance.now() + ASK_AGAIN_MS;
    }
  }
  for (const request of asked) requests.forget(request);
}
