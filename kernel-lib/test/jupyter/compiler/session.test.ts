import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Notebook } from "./notebook";

let notebook: Notebook;
beforeAll(async () => {
  notebook = await Notebook.open();
});
afterAll(() => notebook.close());

/** Cells that are run one after the other, and the last one's value. */
const sequences: [what: string, cells: string[], value: unknown][] = [
  [
    "assertion functions narrow, imported and declared",
    [
      'import assert from "node:assert"; import * as checks from "node:assert"',
      "const isText: (x: unknown) => asserts x is string = (x) => checks.ok(typeof x === 'string')",
      "const a: unknown = 'a'; const n: unknown = 1; isText(a); assert(typeof n === 'number'); a.length + n.toFixed()",
    ],
    "11",
  ],
  [
    "type predicates and functions that never return narrow",
    [
      "const isNumber = (x: unknown): x is number => typeof x === 'number'; function fail(): never { throw 1 }",
      "function safe(x: string | null) { if (x === null) fail(); return x.length }\nconst u: unknown = 2; isNumber(u) && safe('abc') + u",
    ],
    5,
  ],
  [
    "abstract, generic and static classes",
    [
      "abstract class Shape { abstract area(): number; constructor(protected n: number) {} static make() { return new Square(3) } }\nclass Square extends Shape { area() { return this.n ** 2 } }",
      "class Chain<T> { next?: Chain<T>; constructor(public v: T) {} *[Symbol.iterator]() { yield this.v } }",
      "Shape.make().area() + [...new Chain(1)][0]!",
    ],
    10,
  ],
  ["let without a value is filled later", ["let later: number", "later = 5", "later + 1"], 6],
  ["let without a type takes any", ["let untyped; untyped = 5", "untyped = 'x'; untyped"], "x"],
  [
    "getters, methods, tuples and bigints",
    [
      "const tuple = [1, 'a'] as const; const o = { get x() { return 2 }, m() { return this.x } }; const big = 10n",
      "tuple[1].length + o.m() + Number(big)",
    ],
    13,
  ],
  ["generators", ["function* gen() { const r: number = yield 'a'; return r }", "gen().next(1).value"], "a"],
  [
    "a recursive arrow function",
    ["const fact = (n: number): number => (n < 2 ? 1 : n * fact(n - 1)); fact(5)"],
    120,
  ],
  ["shadowing in a block", ["const s = 1; { const s = 'inner'; s.length }", "s + 1"], 2],
  [
    "var in try, catch and finally",
    ["try { throw 1 } catch { var c = 'c' } finally { var f = 1 }", "c + f"],
    "c1",
  ],
  ["labels", ["outer: for (var i = 0; ; i++) { if (i > 2) break outer }", "i"], 3],
  ["names in other scripts", ['const नाम = "राम"', "नाम + नाम.length"], "राम3"],
  [
    "a promise that is awaited later",
    ["async function one() { return 1 }\nconst soon = one()", "(await soon) + 1"],
    2,
  ],
  [
    "a class that extends one of a package",
    [
      'import { EventEmitter } from "node:events"; class Bell extends EventEmitter { rings = 1 }; const bell = new Bell()',
      "bell.on('x', () => {}).listenerCount('x') + bell.rings",
    ],
    2,
  ],
  [
    "types inferred from types that the cell does not name",
    [
      "interface I { i: number }\nfunction make(): I { return { i: 1 } }",
      "function again() { return make() }",
      "const got = again()",
      "const list = [got, make()]; list[1]!.i",
    ],
    1,
  ],
  [
    "a name typed with import()",
    ["type Stats = import('node:fs').Stats; let stats: Stats | null = null", "stats === null"],
    true,
  ],
  ["a cell of comments, or of nothing but semicolons", ["// nothing", ";;"], undefined],
  ["a directive is a value", ['"use strict"'], "use strict"],
];

test.each(sequences)("%s", async (_, cells, expected) => {
  let value: unknown;
  for (const cell of cells) value = await notebook.value(cell);
  expect(value).toEqual(expected);
});

describe("cells that must not run", () => {
  test.each([
    ["a name declared twice in one cell", "let twice = 1;\nlet twice = 2;", /TS2451/],
    ["an instance of an abstract class", "abstract class Abstract {}; new Abstract()", /TS2511/],
    ["return at the top", "return 1", /TS1108/],
    ["yield at the top", "yield 1", /TS1163/],
    ["new.target at the top", "new.target", /new\.target/],
    ["a property that is read-only", "const frozen = Object.freeze({ a: 1 }); frozen.a = 2", /TS2540/],
    ["an await in a function that is not async", "function f() { await 1 }", /TS1308/],
  ])("%s", async (_, code, message) => {
    expect((await notebook.errors(code)).join("\n")).toMatch(message);
  });
});
