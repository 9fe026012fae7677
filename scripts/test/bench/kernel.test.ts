import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { measure, withTable } from "../../../kernel-lib/bench/kernel/bench.mjs";
import { kernels } from "../../../kernel-lib/bench/kernel/kernels.mjs";
import { memoryOf } from "../../../kernel-lib/bench/kernel/memory.mjs";
import { figure, reached, table } from "../../../kernel-lib/bench/kernel/report.mjs";
import { rows, swift } from "../../../kernel-lib/bench/kernel/rows.mjs";
import { root } from "../../setup/paths.mjs";
import { temporaryFolder } from "../temporary";

const ours = kernels({ root }).filter((kernel) => kernel.ours);

describe("a figure", () => {
  it("is the median of its samples, with their spread", () => {
    expect(figure("trivial cell", "ours", "ms", [3, 1, 8])).toEqual({
      name: "trivial cell",
      kernel: "ours",
      unit: "ms",
      value: 3,
      min: 1,
      max: 8,
      n: 3,
      samples: [3, 1, 8],
    });
  });

  it("has no value where one of its samples never came to an end", () => {
    expect(figure("interrupt: loop", "deno", "ms", [4, undefined])).toMatchObject({
      value: null,
      samples: [4, null],
    });
  });

  it.each([
    ["trivial cell", 3, true],
    ["trivial cell", 3.1, false],
    ["display of 50 MB", 130, true],
    ["display of 50 MB", 129, false],
    ["10,000 lines: time", 5, undefined],
  ])("%s of %d: reaches its goal: %s", (name, value, answer) => {
    expect(reached(figure(name, "ours", "", [value]))).toBe(answer);
  });

  it("misses its goal without a value", () => {
    expect(reached(figure("trivial cell", "ours", "ms", [undefined]))).toBe(false);
  });
});

it("the table shows medians with their spread, what never ended, and whether ours reaches the goal", () => {
  const figures = [
    figure("trivial cell", "ours", "ms", [1, 2, 3]),
    figure("trivial cell", "tslab", "ms", [undefined]),
  ];
  const shown = table(figures, [
    { id: "ours", label: "ours" },
    { id: "tslab", label: "tslab" },
    { id: "deno", label: "Deno" },
  ]);
  expect(shown.split("\n").map((line) => line.trim().split(/ {2,}/))).toEqual([
    ["ours", "tslab", "Deno", "to reach"],
    ["trivial cell, ms", "2 (1–3)", "never", "–", "≤ 3 ✓"],
  ]);
});

it("the README's table is that of the recorded run", () => {
  const { rows: figures } = JSON.parse(readFileSync(join(root, "docs", "bench-kernel.json"), "utf8"));
  const columns = [
    { id: "ours", label: "ours" },
    { id: "tslab", label: "tslab" },
    { id: "deno", label: "Deno" },
    { id: "ipykernel", label: "ipykernel" },
  ];
  const readme = readFileSync(join(root, "kernel-lib", "README.md"), "utf8");
  expect(readme).toContain("| ours |");
  expect(withTable(readme, figures, columns)).toBe(readme);
});

it.runIf(process.platform === "linux")("memory counts a process and all that it started", () => {
  expect(memoryOf(process.pid)).toBeGreaterThan(10);
});

it("measures the rows of a real kernel", async () => {
  const field = { kernels: ours, folder: temporaryFolder() };
  const wanted = ["trivial", "interrupt-loop", "completion"];
  for (const row of rows.filter(({ id }) => wanted.includes(id))) {
    const figures = await measure(row, field, swift);
    expect(figures.length).toBeGreaterThan(0);
    for (const one of figures)
      expect(one).toMatchObject({ kernel: "ours", row: row.id, value: expect.any(Number) });
  }
}, 60_000);
