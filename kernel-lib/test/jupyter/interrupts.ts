import type { KernelClient } from "../../src/jupyter/client";

/** What a cell may be doing when it is interrupted. Each says `begun` first. */
export const INTERRUPTED_WORK: Record<string, string> = {
  "a loop": "for (;;);",
  "a printing loop": "for (let i = 0; ; i++) console.log(i);",
  "a pending await": "await new Promise(() => {});",
  "a loop after an await": "await null; for (;;);",
  "a loop of native calls": "const numbers = new Float64Array(100_000).fill(1); for (;;) numbers.sort();",
};

/** Starts a cell, interrupts it once it has begun, and gives the ms from the interrupt to the cell's end. */
export async function interruptOnce(client: KernelClient, work: string, after = 0): Promise<number> {
  let begun!: () => void;
  const beginning = new Promise<void>((resolve) => (begun = resolve));
  const running = client.execute(`console.log("begun"); { ${work} }`, {
    timeout: 30_000,
    onOutput: () => begun(),
  });
  await beginning;
  if (after > 0) await new Promise((resolve) => setTimeout(resolve, after));
  const started = performance.now();
  const [{ reply }] = await Promise.all([running, client.interrupt()]);
  const took = performance.now() - started;
  if (reply.ename !== "KeyboardInterrupt")
    throw new Error(`interruptOnce: ${work}: expected a KeyboardInterrupt, got ${JSON.stringify(reply)}`);
  return took;
}

/** The middle and the largest of some times. */
export function summary(times: readonly number[]): { median: number; slowest: number } {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1]!, slowest: sorted.at(-1)! };
}
