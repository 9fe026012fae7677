import type { KernelHost } from "../host";
import { COOPERATING, INTERRUPT_REQUESTED } from "./messages";

/** An interrupted cell's error, named as clients of all kernels know it. */
export const INTERRUPTED = { ename: "KeyboardInterrupt", evalue: "Interrupted" } as const;

/** How long code of an interrupted cell may wait for its end, in ms. */
const TERMINATION_MS = 1000;

/**
 * Ends the JavaScript that is running: asks the protocol's thread for it, and sleeps until it comes. An inspector
 * session of this thread could do it at once, but Node.js 24 then aborts.
 */
export function terminateBy(request: () => void): () => void {
  const never = new Int32Array(new SharedArrayBuffer(4));
  return () => {
    request();
    Atomics.wait(never, 0, 0, TERMINATION_MS);
  };
}

/** The cooperative interrupts of `KernelHost`, on flags that the protocol's thread sets while this one works. */
export function cooperativeInterrupts(
  shared: SharedArrayBuffer,
): KernelHost["interrupt"] & { reset(): void } {
  const flags = new Int32Array(shared);
  let generation = 0;
  return {
    requested: () => Atomics.load(flags, INTERRUPT_REQUESTED) === 1,
    async cooperate(work) {
      const started = generation;
      Atomics.add(flags, COOPERATING, 1);
      try {
        return await work();
      } finally {
        if (started === generation && Atomics.sub(flags, COOPERATING, 1) === 1)
          Atomics.store(flags, INTERRUPT_REQUESTED, 0);
      }
    },
    /** Forgets work that an interrupt ended before it could sign off. */
    reset() {
      generation++;
      Atomics.store(flags, COOPERATING, 0);
      Atomics.store(flags, INTERRUPT_REQUESTED, 0);
    },
  };
}
