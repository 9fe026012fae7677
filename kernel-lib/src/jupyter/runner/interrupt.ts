import type { KernelHost } from "../host";
import { COOPERATING, INTERRUPT_REQUESTED } from "./messages";

/** An interrupted cell's error, named as clients of all kernels know it. */
export const INTERRUPTED = { ename: "KeyboardInterrupt", evalue: "Interrupted" } as const;

/** The cooperative interrupts of `KernelHost`, on flags that the protocol's thread sets while this one works. */
export function cooperativeInterrupts(shared: SharedArrayBuffer): KernelHost["interrupt"] & { reset(): void } {
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
