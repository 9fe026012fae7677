import { describe, expect, test } from "vitest";
import { content, result, text, types, useKernel } from "./kernel";

const kernel = useKernel();

describe("variables", () => {
  test("persist between cells and are live in closures", async () => {
    await kernel.run("let n = 0; const inc = () => ++n");
    expect(result(await kernel.run("n = 100; inc()"))).toBe("101");
    expect(result(await kernel.run("n"))).toBe("101");
  });

  test("may be declared again with another type", async () => {
    await kernel.run("const again = 1; class Again { a = 1 } function twice() { return 2 }");
    await kernel.run('const again = "one"; class Again { b = 2 } function twice() { return 4 }');
    expect(result(await kernel.run("[again, new Again().b, twice()]"))).toBe("[ 'one', 2, 4 ]");
  });

  test("that a cell declared before it threw are known to the next cell", async () => {
    expect((await kernel.run('const before = 7; throw new Error("stop")')).status).toBe("error");
    expect(result(await kernel.run("before"))).toBe("7");
  });
});

describe("a cell", () => {
  test("awaits at its top level", async () => {
    expect(result(await kernel.run("const later = await Promise.resolve(5); later + 1"))).toBe("6");
  });

  test("shows its last expression as execute_result with its number", async () => {
    const executed = await kernel.run('({ a: [1, { b: "x" }] })');
    expect(content(executed, "execute_result")).toEqual({
      execution_count: executed.executionCount,
      data: { "text/plain": "{ a: [ 1, { b: 'x' } ] }" },
      metadata: {},
    });
  });

  test("shows nothing where the last statement has no value", async () => {
    for (const code of [
      "const silentOne = 1;",
      "undefined",
      "for (const i of [1]) {}",
      "",
      "// only a comment",
    ])
      expect(types(await kernel.run(code))).toEqual([]);
  });

  test("shows primitive results as Node.js does", async () => {
    for (const [code, shown] of [
      ["null", "null"],
      ["-0", "-0"],
      ["NaN", "NaN"],
      ["10n ** 20n", "100000000000000000000n"],
      ['"it\'s"', `"it's"`],
      ["Symbol.for('s')", "Symbol(s)"],
      ["true", "true"],
    ] as const)
      expect(result(await kernel.run(code))).toBe(shown);
  });

  test("counts up, but not when it is silent or not stored", async () => {
    const { executionCount: first } = await kernel.run("1");
    await kernel.run("2", { silent: true });
    await kernel.run("3", { storeHistory: false });
    expect((await kernel.run("4")).executionCount).toBe(first! + 1);
  });

  test("that is silent shows no input and no result, and is not in the history", async () => {
    const executed = await kernel.run('"quiet"', { silent: true });
    expect(types(executed)).toEqual([]);
    const { history } = await kernel.client.history({ n: 1 });
    expect(history).not.toContainEqual(expect.arrayContaining(['"quiet"']));
  });

  test("that is not stored still shows its result and keeps its variables", async () => {
    expect(result(await kernel.run("const unstored = 5; unstored", { storeHistory: false }))).toBe("5");
    expect(result(await kernel.run("unstored"))).toBe("5");
  });

  test("evaluates user expressions after its code, each with its own status", async () => {
    const { reply } = await kernel.run("const base = 20", {
      userExpressions: { good: "base + 1", typeError: "base.x", thrown: "JSON.parse('{')" },
    });
    expect(reply.user_expressions).toMatchObject({
      good: { status: "ok", data: { "text/plain": "21" } },
      typeError: { status: "error", ename: "TypeScriptError" },
      thrown: { status: "error", ename: "SyntaxError" },
    });
  });
});

describe("cells that wait behind a failing one", () => {
  test("are aborted", async () => {
    const failing = kernel.run('await new Promise((r) => setTimeout(r, 50)); throw new Error("first")');
    const waiting = [kernel.run('console.log("second")'), kernel.run("3")];
    expect((await failing).status).toBe("error");
    for (const { status, outputs } of await Promise.all(waiting))
      expect({ status, outputs }).toEqual({ status: "aborted", outputs: [] });
    expect(result(await kernel.run("4"))).toBe("4");
  });

  test("run where stop_on_error is false", async () => {
    const failing = kernel.run('throw new Error("first")', { stopOnError: false });
    const waiting = kernel.run('console.log("second")');
    expect((await failing).status).toBe("error");
    expect(text(await waiting)).toBe("second\n");
  });

  test("run when they were sent after the error was told", async () => {
    for (let i = 0; i < 20; i++) {
      expect((await kernel.run("throw 1")).status).toBe("error");
      expect(result(await kernel.run(`${i}`))).toBe(`${i}`);
    }
  });
});
