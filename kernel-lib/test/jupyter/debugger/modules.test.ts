import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { result } from "../kernel";
import { useDebugger } from "./client";

const debug = useDebugger();

const source = `import { basename } from "node:path";

/** Doubles. */
export function double(x: number): number {
  const twice: number = 2 * x;
  return twice;
}

export const name = (path: string): string => basename(path);
`;

describe("a local module", () => {
  test("stops at a breakpoint that was set before it was imported", async () => {
    const path = debug.write("math.ts", source);
    expect(await debug.breakIn(path, 4)).toEqual([5]);
    const running = debug.run('import { double } from "./math";\ndouble(4) + 1');
    expect(await debug.event("stopped")).toMatchObject({ reason: "breakpoint" });
    expect(await debug.stack()).toMatchObject([
      { name: "double", line: 5, source: { path, name: "math.ts" } },
      { line: 2, source: { name: "cell[1]" } },
    ]);
    await debug.request("next");
    await debug.event("stopped");
    expect(await debug.values()).toEqual({ x: "4", twice: "8" });
    await debug.request("continue");
    expect(result(await running)).toBe("9");
    expect(await debug.breakIn(path)).toEqual([]);
  });

  test("that is loaded already stops at a breakpoint set now, and is stepped into from a cell", async () => {
    const path = join(debug.folder, "math.ts");
    await debug.breakIn(path, 6);
    const running = debug.run("double(5)");
    await debug.event("stopped");
    expect((await debug.stack())[0]).toMatchObject({ line: 6, source: { path } });
    await debug.breakIn(path);
    await debug.request("continue");
    expect(result(await running)).toBe("10");

    const code = "let six = 6;\ndouble(six)";
    await debug.breakInCell(code, 2);
    const stepping = debug.run(code);
    await debug.event("stopped");
    await debug.request("stepIn");
    await debug.event("stopped");
    expect((await debug.stack())[0]).toMatchObject({ name: "double", line: 5, source: { path } });
    await debug.request("continue");
    expect(result(await stepping)).toBe("12");
    await debug.breakInCell(code);
  });

  test("that was changed stops at its breakpoints in the new text", async () => {
    const f =
      "export function f(x: number): number {\n  const a = x + 1;\n  const b = a + 1;\n  return b;\n}\n";
    const cell = 'import { f } from "./changing";\nf(0)';
    const path = debug.write("changing.ts", f);
    await debug.breakIn(path, 3);
    for (const line of [3, 7]) {
      const running = debug.run(cell);
      await debug.event("stopped");
      expect((await debug.stack())[0]).toMatchObject({ line, source: { path } });
      await debug.request("continue");
      expect(result(await running)).toBe("2");
      // Line 3 is in a type now, which code cannot stop in.
      debug.write("changing.ts", `interface A {\n  n: number;\n  m: number;\n}\n\n${f}`);
    }
    await debug.breakIn(path);
  });

  test("is listed, and its text is given", async () => {
    const path = join(debug.folder, "math.ts");
    const { modules } = (await debug.request("modules")) as { modules: { name: string; path: string }[] };
    expect(modules).toContainEqual(expect.objectContaining({ name: "math.ts", path }));
    expect(await debug.request("source", { source: { path } })).toMatchObject({
      content: readFileSync(path, "utf8"),
    });
  });
});
