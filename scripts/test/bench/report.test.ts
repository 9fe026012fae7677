import { describe, expect, it } from "vitest";
import { comparisons, goalsReached, table } from "../../../kernel-lib/bench/report.mjs";
import { median } from "../../../kernel-lib/bench/statistics.mjs";

const result = {
  id: "gru",
  name: "GRU",
  entries: [
    { engine: "wasm", threads: 1, ms: [8, 10, 9] },
    { engine: "native", threads: 2, ms: [4, 6] },
    { engine: "pytorch", threads: 1, ms: [18] },
    { engine: "pytorch", threads: 2, ms: [9] },
    { engine: "keras", threads: 1, absent: "no such library" },
  ],
};

it("takes the middle time, or the mean of the middle two", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
});

describe("comparisons", () => {
  it("are peer / ours, on as many threads", () => {
    expect(comparisons(result)).toMatchObject([
      { engine: "wasm", threads: 1, oursMs: 9, oursSpread: [8, 10], peer: "pytorch", peerMs: 18, ratio: 2 },
      { engine: "native", threads: 2, oursMs: 5, oursSpread: [4, 6], peer: "pytorch", peerMs: 9, ratio: 1.8 },
    ]);
  });

  it("stand alone where no peer ran", () => {
    const alone = { ...result, entries: result.entries.slice(0, 2) };
    expect(comparisons(alone).map((row) => [row.engine, "ratio" in row])).toEqual([
      ["wasm", false],
      ["native", false],
    ]);
  });

  it("have megabytes in their names where memory was measured", () => {
    const memory = [
      { engine: "wasm", threads: 2, mebibytes: [100] },
      { engine: "keras", threads: 2, mebibytes: [500] },
    ];
    const [row] = comparisons({ id: "memory", name: "memory", entries: memory });
    expect(row).toMatchObject({ oursMiB: 100, peerMiB: 500, ratio: 5 });
  });
});

it("shows in the table who was left out, and why", () => {
  expect(table(result)).toMatch(/Keras +1 {2}no such library/);
  expect(table(result)).toMatch(/PyTorch +2 +9\.00 .* 1\.80 × native/);
});

it("names the rows that miss a goal", () => {
  expect(goalsReached(comparisons(result), 2)).toEqual([
    "✓ native ≥ 1 × PyTorch, 2 threads: 1 of 1 rows",
    "✗ native ≥ 2 × PyTorch, 2 threads: 0 of 1 rows; not gru 1.80",
  ]);
});
