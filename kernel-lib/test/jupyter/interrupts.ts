import { describe, expect, test } from "vitest";
import type { KernelClient } from "../../src/jupyter/client";
import { result, useKernel } from "./kernel";
import { memoryOf } from "./processes";

const LIMIT_MS = 600_000;

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
  // A cell that ends without having begun fails the test.
  await Promise.race([beginning, running]);
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

/** How often in a row, how long the slowest may take, and how much the kernel may grow. */
export type InterruptOptions = { times: number; slowestMs: number; growthMiB: number };

/** Tests that interrupts stop each kind of work soon, keep its state, and leave a kernel that works. */
export function interruptSuite({ times: count, slowestMs, growthMiB }: InterruptOptions): void {
  const kernel = useKernel();

  describe(`${count} interrupts in a row: each stops its cell soon, state is kept, the next cell works`, () => {
    test.each(Object.entries(INTERRUPTED_WORK))("%s", { timeout: LIMIT_MS }, async (_, work) => {
      await interruptOnce(kernel.client, work);
      await kernel.run("let kept = 0;");
      const before = memoryOf(kernel.client.pid);
      const times: number[] = [];
      for (let i = 1; i <= count; i++) {
        times.push(await interruptOnce(kernel.client, `kept++; ${work}`));
        expect(result(await kernel.run("await null; kept"))).toBe(String(i));
      }
      const { median, slowest } = summary(times);
      const growth = memoryOf(kernel.client.pid) - before;
      console.log(
        `${count} times: median ${median.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms, ` +
          `${times.filter((ms) => ms > 50).length} above 50 ms, ${growth.toFixed()} MiB more`,
      );
      expect(slowest).toBeLessThan(slowestMs);
      expect(growth).toBeLessThan(growthMiB);
    });
  });
}
