import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Contestant, contestants } from "../../../kernel-lib/bench/contestants.mjs";
import { Journal } from "../../../kernel-lib/bench/journal.mjs";
import { measure, measureFresh, swift } from "../../../kernel-lib/bench/measure.mjs";
import { recurrentRows } from "../../../kernel-lib/bench/rows.mjs";

const small = { batch: 2, timesteps: 3, inputSize: 5, units: 8 };
const rows = recurrentRows.map((row) => ({ ...row, ...small, id: `small-${row.id}` }));
const [wasm] = contestants([1], undefined);
const broken = new Contestant("keras", 1, {
  command: [process.execPath, "-e", "throw new Error('no such library')"],
});
const confused = new Contestant("pytorch", 1, {
  command: [
    process.execPath,
    "-e",
    "process.stdin.on('data', () => console.log('{\"error\":\"no such cell\"}'))",
  ],
});
afterAll(() => {
  for (const contestant of [wasm, broken, confused]) contestant.stop();
});

describe("measure", () => {
  it.each(rows)("times $id on the engine", { timeout: 60_000 }, async (row) => {
    const [entry] = await measure(row, [wasm], swift);
    expect(entry).toMatchObject({ engine: "wasm", threads: 1 });
    expect(entry.ms?.length).toBeGreaterThanOrEqual(swift.least);
    for (const ms of entry.ms ?? []) expect(ms).toBeGreaterThan(0);
  });

  it("leaves out who fails, with the reason, and goes on", { timeout: 60_000 }, async () => {
    for (let time = 0; time < 2; time++) {
      const [good, dead, refusing] = await measure(rows[0], [wasm, broken, confused], swift);
      expect(good.ms?.length).toBeGreaterThanOrEqual(swift.least);
      expect(dead.absent).toContain("no such library");
      expect(refusing.absent).toBe("no such cell");
    }
    expect(broken.unfit).toContain("no such library");
    expect(confused.unfit).toBeUndefined();
  });

  it("starts a process anew after it ended", { timeout: 60_000 }, async () => {
    await measure(rows[0], [wasm], swift);
    wasm.stop();
    expect((await measure(rows[0], [wasm], swift))[0].ms?.length).toBeGreaterThanOrEqual(swift.least);
  });

  it("takes time and memory of fresh processes", { timeout: 60_000 }, async () => {
    const { first, memory } = await measureFresh([wasm], { first: rows[0], memory: rows[1], repeat: 1 });
    expect(first[0].ms?.[0]).toBeGreaterThan(10);
    expect(memory[0].mebibytes?.[0]).toBeGreaterThan(30);
  });
});

describe("Journal", () => {
  const folder = mkdtempSync(join(tmpdir(), "journal-"));
  const file = join(folder, "journal.json");
  afterAll(() => rmSync(folder, { recursive: true }));
  const again = () => Promise.reject(new Error("measured again"));

  it("goes on from an earlier run that measured the same, and only if asked to", async () => {
    expect(await new Journal(file, "a", false).once("lstm", async () => 1)).toBe(1);
    expect(await new Journal(file, "a", true).once("lstm", again)).toBe(1);
    await expect(new Journal(file, "b", true).once("lstm", again)).rejects.toThrow("measured again");
    await expect(new Journal(file, "a", false).once("lstm", again)).rejects.toThrow("measured again");
  });
});
