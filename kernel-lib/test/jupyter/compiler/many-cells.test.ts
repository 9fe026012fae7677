import { afterAll, beforeAll, expect, test } from "vitest";
import { Notebook } from "./notebook";

let notebook: Notebook;
beforeAll(async () => {
  notebook = await Notebook.open();
});
afterAll(() => notebook.close());

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[times.length >> 1]!;

/** Milliseconds that each cell takes from its code to the next cell. */
async function times(cells: readonly string[]): Promise<number[]> {
  const found: number[] = [];
  for (const code of cells) {
    const start = performance.now();
    const { rejected, thrown } = await notebook.run(code);
    expect({ code, rejected, thrown }).toEqual({ code, rejected: undefined, thrown: undefined });
    found.push(performance.now() - start);
  }
  return found;
}

// The limits are ten times what one unburdened core needs: they notice a checker that starts anew for each cell.
test("200 different cells take a few milliseconds each", async () => {
  const found = await times(Array.from({ length: 200 }, (_, i) => `${i} + 1`));
  expect(median(found)).toBeLessThan(30);
});

test("each of 300 cells sees the declarations of all before it, and the last take as long as the first", async () => {
  const cells = Array.from({ length: 300 }, (_, i) => {
    const before = i === 0 ? "0" : `v${i - 1}`;
    return `/** Number ${i}. */\nconst v${i} = ${before} + 1; class C${i} { n = v${i} }\nfunction f${i}(x: number) { return x + new C${i}().n }`;
  });
  const found = await times(cells);
  expect(await notebook.value("f299(1) + f10(0) + new C42().n + v299")).toBe(301 + 11 + 43 + 300);
  expect(await notebook.errors("v0.nope; new C150().nope")).toHaveLength(2);
  expect(median(found.slice(-50))).toBeLessThan(3 * median(found.slice(0, 50)));
});
