import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { integer, type Rng } from "../../../src/math/random";
import { chance, cut, pick } from "./random";
import { nested } from "./values";

const NOTEBOOKS = resolve(__dirname, "../../../../notebooks");

/** TypeScript of every kind; none of it touches files, other processes or prototypes. */
const SYNTAX = String.raw`
let counter = 0; const increment = () => ++counter; increment()
---
const enum Color { Red = 1, Green = Red << 2 }
enum Shade { Light = "light", Dark = "dark" }
Shade.Light
---
interface Point { readonly x: number; y?: number; [key: string]: unknown }
type Pair<A, B = A> = [first: A, second?: B];
const pair: Pair<number> = [1, 2]; pair
---
abstract class Shape { static #count = 0; protected constructor(readonly name: string) { Shape.#count++; } abstract area(): number; get double() { return 2 * this.area(); } }
class Square extends Shape { constructor(private side: number) { super("square"); } override area() { return this.side ** 2; } }
new Square(3).double
---
namespace Geometry { export const pi = 3.14; export function circle(r: number) { return pi * r * r; } }
Geometry.circle(2)
---
function overload(x: number): number;
function overload(x: string): string;
function overload(x: number | string) { return x; }
overload("a")
---
function* naturals(): Generator<number> { for (let i = 0; ; i++) yield i; }
for (const n of naturals()) { if (n > 5) break; console.log(n); }
---
async function* ticks(n: number) { for (let i = 0; i < n; i++) { await null; yield i; } }
for await (const tick of ticks(3)) console.log(tick);
---
const { a, b: [c, ...d], ...rest } = { a: 1, b: [2, 3, 4], e: 5, f: 6 };
[a, c, d, rest]
---
const value = { a: 1 } satisfies Record<string, number>; value!.a as unknown as string
---
type Deep<T> = T extends readonly (infer U)[] ? Deep<U> : T extends object ? { [K in keyof T as ${"`get${Capitalize<K & string>}`"}]: Deep<T[K]> } : T;
let deep: Deep<{ a: { b: string[] } }>;
---
label: for (let i = 0; i < 3; i++) { for (;;) { if (i === 1) continue label; break label; } }
---
try { throw new TypeError("x", { cause: new Error("y") }); } catch ({ message }: any) { console.error(message); } finally { console.log("finally"); }
---
const tagged = (strings: TemplateStringsArray, ...values: unknown[]) => strings.raw.join("|") + values.length;
tagged${"`a${1}b\\n${`nested ${2}`}c`"}
---
class Disposable1 { [Symbol.dispose]() { console.log("disposed"); } }
{ using resource = new Disposable1(); console.log(typeof resource); }
---
function logged(target: any, context: ClassMethodDecoratorContext) { return target; }
class Decorated { @logged method() { return 1; } accessor x = 1; static { console.log("static"); } }
new Decorated().method()
---
import fs, { readFileSync as read } from "node:fs";
import * as path from "node:path";
import type { Stats } from "node:fs";
typeof read + path.sep + typeof fs
---
const util = await import("node:util"); util.inspect(new Map([[1, { a: new Set([1n]) }]]))
---
/(?<year>\d{4})-(?<month>\d\d)/u.exec("2026-11")?.groups?.year ?? "none"
---
const big = 2n ** 64n; big.toString(16) + 0x_ff + 1_000 + .5e-3 + 0b11 + 0o17
---
var hoisted; if (true) { var hoisted: any = 1; function inner() { return hoisted; } } inner()
---
switch (counter) { case 0: default: console.log("zero"); case 1: { break; } }
---
const overloaded = <T,>(x: T): x is T & {} => x != null; overloaded(null)
---
declare const ambient: number; declare global { interface Window { x: 1 } }
---
export const exported = 1; export default class {} 
---
setTimeout(() => console.log("later"), 1); Promise.reject(new Error("unhandled")); await new Promise((r) => setTimeout(r, 3));
---
display({ "text/html": "<b>x</b>" }); clearOutput(true); console.table([{ a: 1 }]); process.stdout.write("no newline")
---
const data = Array.from({ length: 100 }, (_, i) => ({ i, square: i * i })); data
---
let x: number = "text"; let y = x as any as () => void; y();
---
function recursive(n: number): number { return n === 0 ? 0 : 1 + recursive(n - 1); } recursive(1e5)
---
new Proxy({}, { get(_, name) { return name; } })
---
process.exit(1); process.kill(process.pid); process.abort()
---
%time 1 + 1
---
%who
---
Math.max?
---
while (counter < 10) counter++; do { counter--; } while (counter); counter
---
const weird = { get x(): never { throw new Error("getter"); }, toString: null, [Symbol.toPrimitive]: 5 }; weird
---
globalThis.fuzzed = 1; (globalThis as any).fuzzed
`.split("\n---\n");

/** Real cells: those of the notebooks, and as many again of syntax that notebooks seldom have. */
export function corpus(): string[] {
  const files = readdirSync(NOTEBOOKS).filter((file) => file.endsWith(".ipynb"));
  const cells = files.flatMap((file) => JSON.parse(readFileSync(join(NOTEBOOKS, file), "utf8")).cells as { cell_type: string; source: string | string[] }[]);
  const code = cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => [source].flat().join(""));
  const repeats = Math.ceil(code.length / SYNTAX.length);
  return [...code, ...Array.from({ length: repeats }, () => SYNTAX).flat()];
}

const INSERTED = [
  ..."(){}[]<>;,.:?!=+-*/%&|^~@#$\\`'\" \n\t",
  "\0", "\u2028", "\ufeff", "é", "🙂", "\ud800", "\u202e", "\\u{110000}", "’",
  "=>", "...", "?.", "??", "**", "${", "/*", "*/", "//", "<!--", "#!", "<div>", "</div>",
  "await ", "async ", "yield ", "let ", "const ", "var ", "function ", "class ", "extends ", "import ", "export ", "type ", "enum ", "using ", "return ", "break;", "for (;;) ", "while (true) ", "if (", "else ", "try {", "catch ", "new ", "delete ", "typeof ", "in ", "of ", "as ", "satisfies ", "super", "this", "null", "undefined", "NaN", "0", "1e999", "99n", "0x", "\\u0", "use strict", "eval(", "__proto__", "constructor", "arguments", "with (x) ", "debugger;",
];

/** A cell changed in one or several places. Some run although their types are wrong. */
export function fuzzedCell(random: Rng, cells: readonly string[]): string {
  let code = pick(random, cells);
  for (let changes = integer(random, 1, 4); changes > 0; changes--) code = change(random, code, cells);
  return chance(random, 50) ? code.replace(/^/gm, "// @ts-ignore\n") : code;
}

function change(random: Rng, code: string, cells: readonly string[]): string {
  const [before, middle, after] = cut(random, code);
  switch (integer(random, 0, 12)) {
    case 0:
    case 1:
      return before + after;
    case 2:
    case 3:
    case 4:
      return before + pick(random, INSERTED) + middle + after;
    case 5:
      return before + middle + middle + after;
    case 6: {
      const [first, second, last] = cut(random, after);
      return before + second + first + middle + last;
    }
    case 7:
      return before + pick(random, cells) + after;
    case 8: {
      const lines = code.split("\n");
      return lines.toSpliced(integer(random, 0, lines.length), 1, pick(random, lines)).join("\n");
    }
    case 9:
      return before + String.fromCharCode(integer(random, 0, 0x10000)) + after;
    case 10:
      return code.slice(0, integer(random, 0, code.length + 1));
    default:
      return chance(random, 90) ? before + middle.toUpperCase() + after : before + extreme(random) + after;
  }
}

/** Very deep, very long, very many. */
function extreme(random: Rng): string {
  const n = integer(random, 100, 30_000);
  return pick(random, [
    nested(n, "(", ")"),
    nested(n, "{", "}"),
    "[".repeat(n),
    "`${".repeat(n),
    "x=>".repeat(n),
    "1+".repeat(n),
    "!".repeat(n),
    `"${"a".repeat(10 * n)}"`,
    `let ${"a".repeat(n)} = 1`,
    ";".repeat(n),
    "\n".repeat(n),
    "type A = " + "A<".repeat(n),
    "a.".repeat(n),
    "🙂".repeat(n),
    `const long = [${"1,".repeat(n)}]`,
  ]);
}
