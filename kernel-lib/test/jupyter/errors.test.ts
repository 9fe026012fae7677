import { describe, expect, test } from "vitest";
import { content, result, text, traceback, useKernel } from "./kernel";

const kernel = useKernel();

/** The cell's number in its traceback as `N`. */
async function trace(code: string): Promise<string> {
  const failed = await kernel.run(code);
  return traceback(failed).replaceAll(`cell[${failed.executionCount}]`, "cell[N]");
}

describe("a type error", () => {
  test("stops the cell before it runs, and points at its place", async () => {
    const failed = await kernel.run('console.log("ran");\nlet x: string = 3;');
    expect(text(failed)).toBe("");
    expect(failed.reply).toMatchObject({ status: "error", ename: "TypeScriptError" });
    const at = `cell[${failed.executionCount}]:2:5`;
    expect(failed.reply.evalue).toContain(
      `${at} - error TS2322: Type 'number' is not assignable to type 'string'.`,
    );
    expect(traceback(failed)).toContain(`${at} - error TS2322`);
    expect(traceback(failed)).toMatch(/> 2 \| let x: string = 3;\n\s+\|\s+\^/);
  });
});

describe("a runtime error", () => {
  test("has name, message and a traceback in lines of the cell, published and in the reply", async () => {
    const failed = await kernel.run('const value = 1;\n\n  throw new RangeError("too far");');
    const { ename, evalue, traceback: lines } = failed.reply;
    expect({ ename, evalue }).toEqual({ ename: "RangeError", evalue: "too far" });
    expect(content(failed, "error")).toEqual({ ename, evalue, traceback: lines });
    expect(traceback(failed).replaceAll(`cell[${failed.executionCount}]`, "cell[N]")).toBe(
      [
        "RangeError: too far",
        "cell[N]:3:9",
        "  1 | const value = 1;",
        "  2 | ",
        '> 3 |   throw new RangeError("too far");',
        "    |         ^",
        "    at cell[N]:3:9",
      ].join("\n"),
    );
  });

  test("is followed through functions of earlier cells and through await", async () => {
    const { executionCount: n } = await kernel.run(
      "type Row = { x?: { y: number } };\nasync function deep(row: Row) {\n  await null;\n  return row.x!.y;\n}",
    );
    const shown = await trace("const go = async () => {\n  await deep({});\n};\nawait go();");
    expect(shown).toContain(`cell[${n}]:4:17\n`);
    expect(shown).toContain("> 4 |   return row.x!.y;");
    expect(shown).toContain(`at deep (cell[${n}]:4:17)`);
    expect(shown).toContain("at async go (cell[N]:2:3)");
  });

  test("shows no frame of the kernel or of Node.js's internals", async () => {
    const shown = await trace("[1].map(() => JSON.parse('{'))");
    expect(shown).toContain("at JSON.parse (<anonymous>)");
    expect(shown).not.toMatch(/node:|dist|jupyter/);
  });

  test("shows what caused it, and the errors in an AggregateError", async () => {
    const shown = await trace('throw new Error("outer", { cause: new TypeError("inner") })');
    expect(shown).toMatch(/Error: outer[\s\S]*Caused by:\n {2}TypeError: inner/);
    const aggregate = await trace('throw new AggregateError([new Error("one"), "two"], "both")');
    expect(aggregate).toMatch(
      /AggregateError: both[\s\S]*Error 1 of 2:\n {2}Error: one[\s\S]*Error 2 of 2:\n {2}'two'/,
    );
  });

  test("shows its own properties as Node.js writes them, also those of its causes", async () => {
    const shown = await trace(
      'const inner = Object.assign(new Error("inner"), { code: 2 });\nthrow Object.assign(new Error("m", { cause: inner }), { code: "E_X", nested: { a: [1] }, get lazy() { return 1; } });',
    );
    expect(shown).toMatch(
      /\n {4}at cell\[N\]:2:21\n\{ code: 'E_X', nested: \{ a: \[ 1 \] \}, lazy: 1 \}\nCaused by:\n {2}Error: inner[\s\S]*\n {2}\{ code: 2 \}$/,
    );
    expect(await trace('import { readFileSync } from "node:fs"; readFileSync("no-such-file")')).toContain(
      "code: 'ENOENT', syscall: 'open', path: 'no-such-file'",
    );
    expect(await trace('throw new AggregateError([1], "both")')).not.toContain("errors:");
  });

  test("shows no more of large properties than can be read", async () => {
    const shown = await trace(
      'throw Object.assign(new Error("m"), Object.fromEntries(Array.from({ length: 2000 }, (_, i) => ["key" + i, "x".repeat(5000)])))',
    );
    expect(shown.length).toBeLessThan(5000);
    expect(shown).toMatch(/\n… \d+ more characters$/);
  });

  test("that is its own cause, or has endless causes, ends", async () => {
    expect(await trace('const e = new Error("self"); e.cause = e; throw e;')).toContain("Error: self");
    const shown = await trace(
      'const a = new Error("a"), b = new Error("b", { cause: a }); a.cause = b; throw a;',
    );
    expect(shown.length).toBeLessThan(10_000);
  });

  test("in the stack that a cell prints itself is in the cell's lines", async () => {
    const printed = await kernel.run(
      "try {\n  null!.toString();\n} catch (error) {\n  console.log((error as Error).stack);\n}".replace(
        "null!",
        "(null as any)",
      ),
    );
    expect(text(printed)).toContain(`at cell[${printed.executionCount}]:2:`);
  });
});

describe("a thrown value that is no error", () => {
  test.each([
    ["throw null", "null"],
    ["throw undefined", "undefined"],
    ["throw 7", "7"],
    ['throw { reason: "why" }', "{ reason: 'why' }"],
    ['throw "text"', "'text'"],
  ])("%s is shown", async (code, shown) => {
    const failed = await kernel.run(code);
    expect(failed.reply).toMatchObject({ status: "error", ename: "Thrown", evalue: shown });
  });

  test.each([
    "throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 }, ownKeys() { throw 3 } })",
    "throw Object.defineProperty(new Error('x'), 'stack', { get() { throw new Error('trap') } })",
    "throw Object.defineProperty(new Error('x'), 'message', { get() { throw new Error('trap') } })",
    "throw Object.assign(new Error('x'), { name: { toString() { throw 1 } } })",
    "class Odd extends Error { get name(): string { throw 1 } }; throw new Odd()",
    "const circular: any = {}; circular.self = circular; throw circular",
    "throw Object.assign(new Error('x'), { [Symbol.for('nodejs.util.inspect.custom')]() { throw 1 } })",
    "throw { [Symbol.for('nodejs.util.inspect.custom')]() { throw 1 } }",
  ])("with hostile properties does not break the kernel: %s", async (code) => {
    expect((await kernel.run(code)).status).toBe("error");
    expect(result(await kernel.run("1 + 1"))).toBe("2");
  });
});

describe("an error that no code catches", () => {
  test("of a rejected promise is the error of its cell", async () => {
    const failed = await kernel.run('Promise.reject(new Error("lost")); "result"');
    expect(failed.reply).toMatchObject({ status: "error", ename: "Error", evalue: "lost" });
    expect(traceback(failed)).toContain(`cell[${failed.executionCount}]:1:16`);
  });

  test("of a timer is the error of its cell, which ends there", async () => {
    const failed = await kernel.run(
      'setTimeout(() => {\n  throw new Error("tick");\n}, 5);\nawait new Promise(() => {});',
    );
    expect(failed.reply).toMatchObject({ status: "error", evalue: "tick" });
    expect(traceback(failed)).toContain(`cell[${failed.executionCount}]:2:9`);
  });

  test("is none when it is handled before the cell ends", async () => {
    const code =
      'const p = Promise.reject(new Error("x")); await new Promise((r) => setTimeout(r, 20)); try { await p } catch {} 5';
    expect(result(await kernel.run(code))).toBe("5");
  });

  test("shows while its cell waits on", async () => {
    const seen: string[] = [];
    const running = kernel.run(
      'Promise.reject(new Error("hidden")); await new Promise((r) => setTimeout(r, 1500))',
      {
        onOutput: ({ content: { text: chunk } }) => seen.push(String(chunk)),
      },
    );
    const failed = await running;
    expect(seen.join("")).toContain("Uncaught");
    expect(failed.reply).toMatchObject({ status: "error", evalue: "hidden" });
  });

  test("after its cell has ended does not touch the cell that runs", async () => {
    await kernel.run('setTimeout(() => { throw new Error("late") }, 100)');
    const next = await kernel.run("await new Promise((r) => setTimeout(r, 300)); 8");
    expect(result(next)).toBe("8");
    expect(next.outputs).toHaveLength(1);
  });

  test("leaves later cells alone when it comes from a queued microtask or nextTick", async () => {
    expect((await kernel.run('queueMicrotask(() => { throw new Error("micro") })')).reply).toMatchObject({
      evalue: "micro",
    });
    expect((await kernel.run('process.nextTick(() => { throw new Error("tick") })')).reply).toMatchObject({
      evalue: "tick",
    });
    expect(result(await kernel.run("1"))).toBe("1");
  });
});
