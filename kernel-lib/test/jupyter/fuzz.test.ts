import { symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { fuzzCells } from "./fuzz/fuzz-cells";
import { fuzzMessages } from "./fuzz/fuzz-messages";
import { result, useKernel } from "./kernel";
import { memoryOf } from "./processes";

/** The slow tests run ten thousand of each. */
const MESSAGES = Number(process.env.FUZZ_MESSAGES ?? 1000);
const CELLS = Number(process.env.FUZZ_CELLS ?? 200);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
/** What a cell of the notebooks may need, twice. */
const MAX_MIB = 1500;
const LIMIT_MS = 1_500_000;

const kernel = useKernel();

/** The kernel still answers, soon, and has not grown without bound. */
async function expectHealth(): Promise<void> {
  const started = performance.now();
  expect(result(await kernel.run("1 + 1"))).toBe("2");
  expect(performance.now() - started).toBeLessThan(5000);
  expect(memoryOf(kernel.client.pid)).toBeLessThan(MAX_MIB);
}

describe("no crash, no hang, no lost answer, and 1 + 1 is 2 after", () => {
  beforeAll(() => symlinkSync(resolve(__dirname, "../../../node_modules"), join(kernel.folder, "node_modules")));

  test(`${MESSAGES} broken messages on shell, control and stdin`, { timeout: LIMIT_MS }, async () => {
    const tally = await fuzzMessages(kernel.client, { seed: SEED, count: MESSAGES });
    console.log(tally, `${memoryOf(kernel.client.pid).toFixed()} MiB`);
    expect(tally.replied).toBe(tally.demanded);
    expect(tally.demanded).toBeGreaterThan(MESSAGES / 5);
    await expectHealth();
  });

  test(`${CELLS} broken cells`, { timeout: LIMIT_MS }, async () => {
    const tally = await fuzzCells(kernel.client, { seed: SEED, count: CELLS });
    console.log(tally, `${memoryOf(kernel.client.pid).toFixed()} MiB`);
    expect(tally.ok).toBeGreaterThan(CELLS / 20);
    await expectHealth();
  });
});
