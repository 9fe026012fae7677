import { describe, expect, test } from "vitest";
import { result, text } from "../kernel";
import { useDebugger } from "./client";

const debug = useDebugger();

describe("breakpoints in a cell", () => {
  test("stop it, show the stack and the variables, and let it go on to its result", async () => {
    const code = `type Price = number;
let total = 10;
function add(price: Price): Price {
  const sum = total + price;
  return sum;
}
total = add(5);
total * 2`;
    expect(await debug.breakInCell(code, 5)).toEqual([5]);
    const running = debug.run(code);
    expect(await debug.event("stopped")).toMatchObject({
      reason: "breakpoint",
      threadId: 1,
      allThreadsStopped: true,
    });
    const { sourcePath } = await debug.request("dumpCell", { code });
    expect(await debug.stack()).toMatchObject([
      { id: 1, name: "add", line: 5, source: { path: sourcePath } },
      { id: 2, line: 7, source: { path: sourcePath } },
    ]);
    expect(await debug.values()).toEqual({ price: "5", sum: "15" });
    expect(await debug.values("Globals", 2)).toMatchObject({ total: "10" });
    expect(await debug.evaluate("sum + total + (price as Price)")).toBe("30");
    expect(await debug.evaluate("total", 2)).toBe("10");
    await debug.request("continue", { threadId: 1 });
    expect(await debug.event("continued")).toMatchObject({ threadId: 1 });
    expect(result(await running)).toBe("30");
  });

  test("stand at the line where code can stop", async () => {
    expect(await debug.breakInCell("// a comment\n\nlet here = 1;\nhere;", 1, 4)).toEqual([3, 4]);
  });

  test("are gone when they are set to none, and back when set again", async () => {
    const code = "let twice = 1;\ntwice + 1";
    await debug.breakInCell(code, 2);
    await debug.breakInCell(code);
    debug.forgetEvents();
    expect(result(await debug.run(code))).toBe("2");
    expect(debug.events).toEqual([]);
    await debug.breakInCell(code, 2);
    const running = debug.run(code);
    await debug.event("stopped");
    expect(await debug.calls()).toEqual([expect.stringMatching(/:2$/)]);
    await debug.request("continue");
    expect(result(await running)).toBe("2");
    await debug.breakInCell(code);
  });

  test("stop a cell each time it is run", async () => {
    const code = "let again = 7;\nagain";
    await debug.breakInCell(code, 2);
    for (let i = 0; i < 3; i++) {
      const running = debug.run(code);
      await debug.event("stopped");
      await debug.request("continue");
      expect(result(await running)).toBe("7");
    }
    await debug.breakInCell(code);
  });

  test("in a function stop when a later cell calls it, also if it was declared before the debugger knew", async () => {
    const code = "function half(n: number): number {\n  const h = n / 2;\n  return h;\n}";
    await debug.run(code);
    await debug.breakInCell(code, 3);
    const running = debug.run("half(8) + 1");
    await debug.event("stopped");
    expect(await debug.values()).toEqual({ n: "8", h: "4" });
    expect((await debug.stack()).map(({ line, source }) => [line, source.name])).toEqual([
      [3, expect.stringMatching(/^cell\[\d+\]$/)],
      [1, expect.stringMatching(/^cell\[\d+\]$/)],
    ]);
    await debug.request("continue");
    expect(result(await running)).toBe("5");
    await debug.breakInCell(code);
    debug.forgetEvents();
    expect(result(await debug.run("half(6)"))).toBe("3");
    expect(debug.events).toEqual([]);
  });

  test("stop in callbacks: of an array, a timer, a promise", async () => {
    const code = `const doubled = [1, 2].map((x) => {
  return x * 2;
});
await new Promise<void>((resolve) => setTimeout(() => {
  resolve();
}, 1));
await Promise.resolve(9).then((nine) => {
  console.log(nine);
});
doubled.join()`;
    await debug.breakInCell(code, 2, 5, 8);
    const running = debug.run(code);
    for (const line of [2, 2, 5, 8]) {
      await debug.event("stopped");
      expect((await debug.stack())[0]?.line).toBe(line);
      await debug.request("continue");
    }
    const executed = await running;
    expect(result(executed)).toBe("'2,4'");
    expect(text(executed)).toBe("9\n");
    await debug.breakInCell(code);
  });

  test.each([
    ["that is timed", "%%time\nlet timed = 1;\nconst more = (n: number) =>\n  n + timed;\nmore(2)"],
    [
      "with magics among its lines",
      "let timed = 1\n%who\n%time const more = (n: number) =>\n  n + timed\nmore(2)",
    ],
  ])("stop a cell %s, at its own lines", async (_, code) => {
    expect(await debug.breakInCell(code, 1, 4)).toContain(4);
    const running = debug.run(code);
    for (const line of [code.startsWith("%%") ? 2 : 1, 4]) {
      await debug.event("stopped");
      expect((await debug.stack())[0]?.line).toBe(line);
      await debug.request("continue");
    }
    expect(result(await running)).toBe("3");
    await debug.breakInCell(code);
  });

  test("stop at a `debugger` statement", async () => {
    const running = debug.run("let seen = 1;\ndebugger;\nseen");
    await debug.event("stopped");
    expect(await debug.calls()).toEqual([expect.stringMatching(/:2$/)]);
    await debug.request("continue");
    expect(result(await running)).toBe("1");
  });

  test("show what was printed before, while the cell is stopped", async () => {
    const code = 'console.log("before");\nconsole.log("after");';
    await debug.breakInCell(code, 2);
    let printed!: () => void;
    const output = new Promise<void>((resolve) => (printed = resolve));
    const running = debug.client.execute(code, { onOutput: () => printed() });
    await debug.event("stopped");
    await output;
    await debug.request("continue");
    expect(text(await running)).toBe("before\nafter\n");
    await debug.breakInCell(code);
  });
});

describe("a breakpoint's condition", () => {
  const code = `let total = 0;
for (let i = 0; i < 10; i++) {
  total += i;
}
total`;
  const setAll = async (...breakpoints: object[]) => {
    const { sourcePath: path } = await debug.request("dumpCell", { code });
    const body = await debug.request("setBreakpoints", { source: { path }, breakpoints });
    return body.breakpoints as { verified: boolean; message?: string }[];
  };
  /** Runs the cell, which must stop when i has these values and never else. */
  const runStopping = async (...values: string[]) => {
    debug.forgetEvents();
    const running = debug.run(code);
    for (const value of values) {
      await debug.event("stopped");
      expect(await debug.evaluate("i")).toBe(value);
      await debug.request("continue");
    }
    expect(result(await running)).toBe("45");
    expect(debug.events).not.toContain("stopped");
  };

  test("says when code stops, in TypeScript", async () => {
    expect((await debug.request("initialize")).supportsConditionalBreakpoints).toBe(true);
    expect(await setAll({ line: 3, condition: "(i as number) === 7" })).toMatchObject([{ verified: true }]);
    await runStopping("7");
    await setAll({ line: 3, condition: "unknown.name" });
    await runStopping();
  });

  test.each(["i >", "await i", "i; total", "// i"])("%s is refused with a reason", async (condition) => {
    const [one] = await setAll({ line: 3, condition });
    expect(one).toMatchObject({
      verified: false,
      message: expect.stringContaining("expected an expression"),
    });
    await runStopping();
  });

  test.each(["hitCondition", "logMessage"])(
    "of the kind %s is not supported, and never stops",
    async (kind) => {
      const [one] = await setAll({ line: 3, [kind]: "5" });
      expect(one).toMatchObject({ verified: false, message: `${kind}: not supported` });
      await runStopping();
      await setAll();
    },
  );
});

describe("steps", () => {
  test("over lines and awaits, and past the end without stopping the next cell", async () => {
    const code = `let step = 1;
step++;
await new Promise((resolve) => setTimeout(resolve, 5));
step++;
step`;
    await debug.breakInCell(code, 2);
    const running = debug.run(code);
    for (const line of [2, 3, 4, 5]) {
      expect(await debug.event("stopped")).toMatchObject({ reason: line === 2 ? "breakpoint" : "step" });
      expect((await debug.stack())[0]?.line).toBe(line);
      await debug.request("next", { threadId: 1 });
    }
    expect(result(await running)).toBe("3");
    debug.forgetEvents();
    expect(result(await debug.run("let other = 2;\nother"))).toBe("2");
    expect(debug.events).toEqual([]);
    await debug.breakInCell(code);
  });

  test("into a function of an earlier cell and out of it, past libraries", async () => {
    await debug.run(
      'import path from "node:path";\nfunction inner(n: number) {\n  const m = n + 1;\n  return m;\n}',
    );
    const code = 'let joined = path.join("a", "b");\nlet out = [1].map(inner)[0];\nout';
    await debug.breakInCell(code, 1);
    const running = debug.run(code);
    await debug.event("stopped");
    await debug.request("stepIn");
    await debug.event("stopped");
    expect((await debug.stack())[0]?.line).toBe(2);
    await debug.request("stepIn");
    await debug.event("stopped");
    expect((await debug.stack())[0]).toMatchObject({ name: "inner", line: 3 });
    await debug.request("stepOut");
    await debug.event("stopped");
    expect((await debug.stack()).map(({ line }) => line)).toEqual([3]);
    await debug.request("continue");
    expect(result(await running)).toBe("2");
    await debug.breakInCell(code);
  });

  test("over a call of an async function stop after it", async () => {
    const code = `async function slow() {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return 4;
}
let four = await slow();
four + 1`;
    await debug.breakInCell(code, 5);
    const running = debug.run(code);
    await debug.event("stopped");
    await debug.request("next");
    await debug.event("stopped");
    expect((await debug.stack())[0]?.line).toBe(6);
    expect(await debug.evaluate("four")).toBe("4");
    await debug.request("continue");
    expect(result(await running)).toBe("5");
    await debug.breakInCell(code);
  });
});

describe("exceptions", () => {
  const caught = "try {\n  (null as any).x;\n} catch {}\n1";
  const thrown = 'let bad = 1;\nthrow new Error("so");';

  test.each([
    ["that are caught", caught],
    ["that fail the cell", thrown],
  ])("%s stop it where they are thrown, by the filter all", async (_, code) => {
    await debug.request("setExceptionBreakpoints", { filters: ["all"] });
    const running = debug.run(code);
    expect(await debug.event("stopped")).toMatchObject({
      reason: "exception",
      text: expect.stringMatching(/Error/),
    });
    expect((await debug.stack())[0]?.line).toBe(2);
    await debug.request("setExceptionBreakpoints", { filters: [] });
    await debug.request("continue");
    await running;
  });

  test("do not stop it without a filter", async () => {
    debug.forgetEvents();
    expect(result(await debug.run(caught))).toBe("1");
    expect((await debug.run(thrown)).reply.evalue).toBe("so");
    expect(debug.events).toEqual([]);
  });
});
