import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Execution } from "../../../src/jupyter/client";
import type { Variable } from "../../../src/jupyter/debugger/protocol";
import { result } from "../kernel";
import { useDebugger } from "./client";

const debug = useDebugger();

const code = `function inspect(): number {
  const text = 'a "quoted" text';
  const number = -0;
  const big = 12n;
  const nothing = undefined;
  const list = [1, "two", { three: 3 }];
  const record = { name: "x", nested: { deep: { deeper: true } } };
  const map = new Map<string, number>([["a", 1]]);
  const set = new Set(["b"]);
  const date = new Date(0);
  const error = new RangeError("too far");
  const typed = new Float64Array([0.5, 1]);
  const long = Array.from({ length: 12345 }, (_, i) => i);
  class Point { constructor(readonly x: number) {} get double() { return 2 * this.x; } }
  const point = new Point(3);
  return long.length;
}
inspect()`;

let running: Promise<Execution>;
let local: Map<string, Variable>;

async function children({ variablesReference }: Variable): Promise<Map<string, Variable>> {
  return new Map((await debug.variables(variablesReference)).map((variable) => [variable.name, variable]));
}

async function names(variable: Variable): Promise<string[]> {
  return [...(await children(variable)).keys()];
}

beforeAll(async () => {
  await debug.breakInCell(code, 16);
  running = debug.run(code);
  await debug.event("stopped");
  const [scope] = await debug.scopes();
  local = await children({ ...scope!, value: "" });
});

afterAll(async () => {
  await debug.request("continue");
  expect(result(await running)).toBe("12345");
});

describe("a variable's text", () => {
  test.each([
    ["text", '"a \\"quoted\\" text"'],
    ["number", "-0"],
    ["big", "12n"],
    ["nothing", "undefined"],
    ["list", 'Array(3) [1, "two", Object]'],
    ["record", '{ name: "x", nested: Object }'],
    ["map", 'Map(1) { "a" => 1 }'],
    ["set", 'Set(1) { "b" }'],
    ["error", "RangeError: too far …"],
    ["typed", "Float64Array(2) [0.5, 1]"],
    ["point", "Point { x: 3 }"],
  ])("%s: %s", (name, value) => {
    expect(local.get(name)).toMatchObject({ value });
  });

  test("a primitive has no children", () => {
    for (const name of ["text", "number", "big", "nothing"])
      expect(local.get(name)!.variablesReference).toBe(0);
  });
});

describe("what is inside a variable is told when asked", () => {
  test("properties, level by level", async () => {
    const nested = (await children(local.get("record")!)).get("nested")!;
    const deep = (await children(nested)).get("deep")!;
    expect([...(await children(deep)).values()]).toMatchObject([{ name: "deeper", value: "true" }]);
  });

  test("elements and entries", async () => {
    expect(await names(local.get("list")!)).toEqual(["0", "1", "2", "length"]);
    const entries = (await children(local.get("map")!)).get("[[Entries]]")!;
    expect([...(await children(entries)).values()][0]).toMatchObject({ value: '{"a" => 1}' });
  });

  test("a long array in ranges, to its last element", async () => {
    const thousands = await children(local.get("long")!);
    expect([...thousands.keys()]).toEqual(["[0 … 9999]", "[10000 … 12344]"]);
    const hundreds = await children(thousands.get("[10000 … 12344]")!);
    expect(hundreds.size).toBe(24);
    const last = await children(hundreds.get("[12300 … 12344]")!);
    expect(last.size).toBe(45);
    expect(last.get("12344")).toMatchObject({ value: "12344" });
  });

  test("a getter is not called", async () => {
    expect(await names(local.get("point")!)).toEqual(["x"]);
  });
});

describe("evaluate", () => {
  test("shows values, with their children", async () => {
    const { result: value, variablesReference } = await debug.request("evaluate", {
      expression: "({ sum: number + 1, list })",
      frameId: 1,
    });
    expect(value).toMatch(/sum: 1/);
    expect((await debug.variables(variablesReference as number)).map(({ name }) => name)).toEqual([
      "sum",
      "list",
    ]);
  });

  test("understands TypeScript", async () => {
    expect(await debug.evaluate("(list as any[]).map((x: unknown) => typeof x)[1]!")).toBe('"string"');
  });

  test("changes a variable", async () => {
    await debug.request("evaluate", { expression: "record.name = 'y'", frameId: 1 });
    expect(await debug.evaluate("record.name")).toBe('"y"');
  });

  test.each([
    ["missing", /ReferenceError: missing is not defined/],
    ["list.nope.x", /TypeError/],
    ["1 +", /SyntaxError/],
    ["while (true) {}", /./],
  ])(
    "%s is an error, and the code stays paused",
    async (expression, message) => {
      const reply = await debug.ask("evaluate", { expression, frameId: 1 });
      expect(reply).toMatchObject({ success: false, message: expect.stringMatching(message) });
      expect(await debug.evaluate("number + 1")).toBe("1");
    },
    30_000,
  );
});
