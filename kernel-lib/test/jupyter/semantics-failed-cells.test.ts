import { describe, expect, test } from "vitest";
import { result, useKernel } from "./kernel";

const kernel = useKernel();

async function shown(code: string): Promise<string> {
  return String(result(await kernel.run(code)));
}

describe("a cell that throws", () => {
  test("keeps what it declared before, and all its types, functions and imports", async () => {
    await kernel.run("let redone = 1; const read = () => redone");
    const { executionCount: n } = await kernel.run(
      "type T = { a: 1 }; let early = 2;\nthrow new Error('stop');\nlet step = 3; class K {}; let redone = 'text';\nfunction hoisted() { return step }\nimport { sep } from 'node:path';",
    );
    expect(await shown("const t: T = { a: 1 }; [early, sep, t.a]")).toBe("[ 2, '/', 1 ]");
    const why = `cell[${n}] would have defined it in line 3, but threw an error first.`;
    expect(await shown("step")).toContain(`Cannot find name 'step'. ${why}`);
    expect(await shown("new K()")).toContain(`Cannot find name 'K'. ${why}`);
    expect(await shown("hoisted()")).toBe(`ReferenceError: step is not defined. ${why}`);
    expect(await shown("[redone.toFixed(), read()]")).toBe("[ '1', 1 ]");
    expect(await shown("let step = 4; hoisted()")).toBe("4");
  });

  test("in a destructuring keeps the names that it had reached", async () => {
    await kernel.run(
      "const { d1, d2 = fail() } = { d1: 1 } as { d1: number; d2?: number }; function fail(): number { throw 1 }",
    );
    expect(await shown("d1")).toBe("1");
    expect(await shown("d2")).toContain("Cannot find name 'd2'");
  });

  test("because it uses a name before its declaration is told the line of that", async () => {
    expect(await shown("use();\nlet own = 1; function use() { return own }")).toBe(
      "ReferenceError: own is not defined. It is used before its declaration in line 2.",
    );
  });

  test("while it redeclares a name: the new value counts where the declaration was reached", async () => {
    await kernel.run("let reached = 1");
    await kernel.run("let reached = 'new'; throw 1");
    expect(await shown("reached.toUpperCase()")).toBe("'NEW'");
  });
});

test("a cell with a type error is named by the next one", async () => {
  const { executionCount: n } = await kernel.run("const wrong: string = 1; function unmade() {}");
  expect(await shown("unmade()")).toContain(
    `Cannot find name 'unmade'. cell[${n}] would have defined it, but stopped with a type error.`,
  );
  const { executionCount: m } = await kernel.run("const = 7q;\nlet after = 1");
  expect(await shown("after")).toContain(
    `cell[${m}] would have defined it, but stopped with a syntax error.`,
  );
});

test("an interrupted cell is named by the next one", async () => {
  const running = kernel.run("let before = 1;\nconsole.log('runs'); while (true) {}\nlet behind = 2", {
    onOutput: () => void kernel.client.interrupt(),
  });
  const { executionCount: n } = await running;
  expect(await shown("before")).toBe("1");
  expect(await shown("behind")).toContain(
    `Cannot find name 'behind'. cell[${n}] would have defined it in line 3, but was interrupted first.`,
  );
});

test("a cell that was skipped after an error is told of by the next one", async () => {
  const failing = kernel.run("await new Promise((r) => setTimeout(r, 50)); throw new Error('first')");
  const skipped = kernel.run("const skipped = 1");
  const { executionCount: n } = await failing;
  expect((await skipped).status).toBe("aborted");
  expect(await shown("skipped")).toContain(
    `Cannot find name 'skipped'. A cell that would have defined it was skipped after the error in cell[${n}].`,
  );
});
