import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Notebook } from "./notebook";

let notebook: Notebook;
beforeAll(async () => {
  notebook = await Notebook.open();
});
afterAll(() => notebook.close());

const value = (code: string) => notebook.value(code);
const errors = (code: string) => notebook.errors(code);

describe("the value of a cell", () => {
  test("is that of its last expression", async () => {
    expect(await value("1 + 1;")).toBe(2);
    expect(await value("let answer = 40;\nanswer + 2 // done")).toBe(42);
    expect(await value("({ a: 1 })")).toEqual({ a: 1 });
    expect(await value("await Promise.resolve('later')")).toBe("later");
  });

  test("is nothing where the last statement is none", async () => {
    expect(await value("let x1 = 1")).toBeUndefined();
    expect(await value("5; let x2 = 1")).toBeUndefined();
    expect(await value("5; function f1() {}")).toBeUndefined();
    expect(await value("if (true) { 5 }")).toBeUndefined();
    expect(await value("5; interface I1 {}")).toBeUndefined();
    expect(await value("")).toBeUndefined();
  });

  test("a statement in braces is a block, as TypeScript reads it", async () => {
    expect(await value("{ a: 1 }")).toBeUndefined();
  });
});

describe("names of earlier cells", () => {
  test("stay live: an assignment reaches closures", async () => {
    await value("let n = 0; const inc = () => ++n");
    expect(await value("n = 100; inc()")).toBe(101);
    expect(await value("n")).toBe(101);
  });

  test("an assignment to an earlier let is type-checked", async () => {
    await value("let count = 0");
    expect(await errors("count = 'x'")).toEqual([
      expect.stringMatching(/^TS2322 cell\[\d+\]:1:1 Type 'string' is not assignable to type 'number'/),
    ]);
    await value("count = 5; count++");
    expect(await value("count")).toBe(6);
  });

  test("an assignment to an earlier const or import is an error", async () => {
    await value("const fixed = 1; import { sep } from 'node:path'");
    expect((await errors("fixed = 2"))[0]).toMatch(
      /^TS2588 .*Cannot assign to 'fixed' because it is a constant/,
    );
    expect((await errors("sep = 'x'"))[0]).toMatch(
      /^TS2632 .*Cannot assign to 'sep' because it is an import/,
    );
  });

  test("each kind of declaration can replace each other, with another type", async () => {
    const kinds = [
      "let x = 1",
      "const x = 'a'",
      "var x = true",
      "function x() { return 1 }",
      "class x { y = 1 }",
      "enum x { A }",
      "namespace x { export const z = 1 }",
      "import x from 'node:os'",
      "const { x } = { x: [1] }",
      "import x = require('node:fs')",
      "async function* x() {}",
    ];
    for (const first of kinds) {
      for (const second of kinds) {
        await value(first);
        await value(second);
      }
    }
    await value("let x = 'last'");
    expect(await value("x.length")).toBe(4);
  });

  test("a declaration that threw is visible, as the checker knows it", async () => {
    expect((await notebook.run("let early = 1; throw new Error('stop')")).thrown).toMatch(/^Error: stop/);
    expect(await value("early")).toBe(1);
  });

  test("a variable may be undefined in a later cell where its type says so", async () => {
    await value("let maybe: string | undefined; const fill = () => { maybe = 'full' }");
    expect((await errors("maybe.length"))[0]).toMatch(/TS18048 .*'maybe' is possibly 'undefined'/);
    expect(await value("fill(); maybe!.length")).toBe(4);
  });

  test("var in blocks and loops belongs to the cell, and to later ones", async () => {
    await value(
      'for (var i = 0; i < 3; i++) { var seen = "seen " + i }\nif (i > 5) { var never: number | undefined }',
    );
    expect(await value("[i, seen, never].join()")).toBe("3,seen 2,");
    expect(await value("var twice = 1; var twice = 2; twice")).toBe(2);
    await value("for (var key in { a: 1, b: 2 }) {}\nfor (var [one] of [[7]]) {}");
    expect(await value("key + one")).toBe("b7");
  });

  test("functions are visible before their declaration and call themselves", async () => {
    expect(
      await value("const early2 = half(10); function half(n: number): number { return n / 2 }\nearly2"),
    ).toBe(5);
    await value("function depth(n: number): number { return n === 0 ? 0 : 1 + depth(n - 1) }");
    expect(await value("depth(5) + depth.name")).toBe("5depth");
  });

  test("a function of an earlier cell calls the newest version of another", async () => {
    await value("function base() { return 1 }\nfunction caller() { return base() }");
    await value("function base() { return 2 }");
    expect(await value("caller()")).toBe(2);
  });

  test("forget removes them all", async () => {
    const own = await Notebook.open();
    await own.value("let gone = 1");
    await own.compiler.forget();
    expect((await own.errors("gone"))[0]).toMatch(/TS2304 .*Cannot find name 'gone'/);
    await own.close();
  });
});

describe("statements of TypeScript and JavaScript", () => {
  test("enums", async () => {
    await value("enum Color { Red, Green = 5 }\nconst enum Fixed { One = 1 }");
    expect(await value("Color.Green + Fixed.One + Color[0].length")).toBe(9);
    await value("enum Color { Blue }");
    expect(await value("Object.keys(Color)")).toEqual(["0", "Blue"]);
    expect(await value("enum Both { A }\nenum Both { B = 1 }\nBoth.A + Both.B")).toBe(1);
  });

  test("namespaces", async () => {
    await value("namespace Geometry { export const tau = 6; export interface Point { x: number } }");
    expect(await value("const at: Geometry.Point = { x: Geometry.tau }; at.x")).toBe(6);
  });

  test("generics, overloads and satisfies", async () => {
    await value(`function pick(x: number): "n";
function pick(x: string): "s";
function pick(x: unknown) { return typeof x === "number" ? "n" : "s" }
const wrap = <T,>(x: T) => ({ x });`);
    expect(await value("const s: 's' = pick('a'); const w: number = wrap(1).x; s + w")).toBe("s1");
    expect((await errors("const bad: 'n' = pick('a')"))[0]).toMatch(/TS2322/);
    expect(await value("const conf = { a: 1 } satisfies Record<string, number>; conf.a")).toBe(1);
  });

  test("a type and a value of the same name", async () => {
    await value("type Celsius = number & { unit?: 'C' }; const Celsius = (n: number): Celsius => n");
    expect(await value("const t: Celsius = Celsius(20); t")).toBe(20);
    await value("interface Box { v: number }");
    await value("const Box = (v: number): Box => ({ v })");
    expect(await value("const box: Box = Box(3); box.v")).toBe(3);
  });

  test("decorators of the standard and of experimentalDecorators", async () => {
    const code = `const log: string[] = [];
function mark(value: Function, context: ClassMethodDecoratorContext) { log.push(String(context.name)); }
class Marked { @mark method() { return 1 } }
log[0] + new Marked().method()`;
    expect(await value(code)).toBe("method1");
    const legacy = await Notebook.open({
      "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true } }',
    });
    const old = `const names: string[] = [];
function mark(target: object, name: string) { names.push(name); }
class Marked { @mark method() {} }
names`;
    expect(await legacy.value(old)).toEqual(["method"]);
    await legacy.close();
  });

  test("top-level await, for await, destructuring", async () => {
    await value(
      "const { a, b: [c, ...rest], ...others } = await Promise.resolve({ a: 1, b: [2, 3, 4], d: 5 })",
    );
    expect(await value("a + c + rest.length + others.d")).toBe(10);
    expect(await value("let sum = 0; for await (const x of [1, Promise.resolve(2)]) sum += x; sum")).toBe(3);
  });

  test("export is tolerated", async () => {
    await value("export const shown = 1; export function shownToo() { return 2 }\nexport { shown as other }");
    expect(await value("shown + shownToo()")).toBe(3);
    expect(await value("export default 7")).toBe(7);
    await value("export default function named() { return 8 }");
    expect(await value("named()")).toBe(8);
    await value("export default class NamedClass { n = 9 }");
    expect(await value("new NamedClass().n")).toBe(9);
  });

  test("cells are strict code, with import.meta and without a this", async () => {
    expect(await value("import.meta.dirname")).toBe(notebook.folder);
    expect((await notebook.run("// @ts-expect-error\nundeclared = 1")).thrown).toMatch(/ReferenceError/);
  });
});
