import { symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { result, useKernel } from "../kernel";
import { memoryOf } from "../processes";
import { fuzzCells } from "./fuzz-cells";
import { fuzzMessages } from "./fuzz-messages";

const LIMIT_MS = 3_600_000;

/** How many of each, from which seed, and the MiB that the kernel may take after it. */
export type FuzzOptions = { seed: number; messages: number; cells: number; maxMiB: number };

/** Tests that a kernel survives broken messages and broken cells, and answers all that has to be answered. */
export function fuzzSuite({ seed, messages, cells, maxMiB }: FuzzOptions): void {
  const kernel = useKernel();

  /** The kernel still answers, soon, and has not grown without bound. */
  async function expectHealth(): Promise<void> {
    const started = performance.now();
    expect(result(await kernel.run("1 + 1"))).toBe("2");
    expect(performance.now() - started).toBeLessThan(5000);
    expect(memoryOf(kernel.client.pid)).toBeLessThan(maxMiB);
  }

  describe("no crash, no hang, no lost answer, and 1 + 1 is 2 after", () => {
    beforeAll(() =>
      symlinkSync(resolve(__dirname, "../../../../node_modules"), join(kernel.folder, "node_modules")),
    );

    test(`${messages} broken messages on shell, control and stdin`, { timeout: LIMIT_MS }, async () => {
      const tally = await fuzzMessages(kernel.client, { seed, count: messages });
      console.log(tally, `${memoryOf(kernel.client.pid).toFixed()} MiB`);
      expect(tally.replied).toBe(tally.demanded);
      expect(tally.demanded).toBeGreaterThan(messages / 5);
      await expectHealth();
    });

    test(`${cells} broken cells`, { timeout: LIMIT_MS }, async () => {
      const tally = await fuzzCells(kernel.client, { seed, count: cells });
      console.log(tally, `${memoryOf(kernel.client.pid).toFixed()} MiB`);
      expect(tally.ok + tally.error + tally.interrupted).toBe(cells);
      expect(tally.ok).toBeGreaterThan(cells / 50);
      await expectHealth();
    });
  });
}
