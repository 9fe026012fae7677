import { describe, expect, test } from "vitest";
import { lastResult, traceback, useKernel } from "./kernel";

const kernel = useKernel();

const last = (...cells: string[]) => lastResult(kernel, cells);

describe("declarations and assignments", () => {
  test("an assignment to an earlier let reaches closures", async () => {
    expect(await last("let n = 0; const inc = () => ++n", "n = 100", "inc()")).toBe("101");
  });

  test("an assignment to an earlier const is a type error, declaring it again is not", async () => {
    expect(await last("const fixed = 1", "fixed = 2")).toContain("TS2588: Cannot assign to 'fixed'");
    expect(await last("const fixed = 'new'", "fixed")).toBe("'new'");
  });

  test("functions of earlier cells see a variable that is declared again", async () => {
    expect(await last("let rate = 1; const read = () => rate", "let rate = 5", "read()")).toBe("5");
  });

  test("a cell that runs again replaces what it declared", async () => {
    expect(await last("let runs = 0; runs++", "let runs = 0; runs++", "runs")).toBe("1");
    expect(
      await last(
        "interface Row { a: number }",
        "interface Row { b: number }",
        "const row: Row = { b: 1 }; row.b",
      ),
    ).toBe("1");
    expect(
      await last("function f(a: number) { return a }", "function f(a: string) { return a }", "f(1)"),
    ).toContain("TS2345");
    expect(await last("enum E { A }", "enum E { B }", "Object.keys(E).join()")).toBe("'0,B'");
    expect(
      await last(
        "namespace N { export const a = 1 }",
        "namespace N { export const b = 2 }",
        "Object.keys(N)",
      ),
    ).toBe("[ 'b' ]");
  });

  test("instances of a class that is declared again keep their type and methods", async () => {
    await kernel.run("class A { x = 1; get() { return this.x } }; const old = new A()");
    await kernel.run("class A { y = 's' }");
    expect(await last("[old.get(), old instanceof A, new A().y]")).toBe("[ 1, false, 's' ]");
    expect(await last("const wrong: A = old")).toContain("Property 'y' is missing in type 'cell[N].A'");
  });

  test("destructuring declares every name in every shape", async () => {
    await kernel.run(
      "const [a, , b = 5, ...rest] = [1, 2, undefined, 4]; let { p: { q = 3 } = {}, ...others } = { z: 1 } as { p?: { q?: number }; z: number }; var [v, { w: [w] }] = [1, { w: ['s'] }] as [number, { w: string[] }]",
    );
    expect(await last("[a, b, rest, q, others, v, w]")).toBe("[ 1, 5, [ 4 ], 3, { z: 1 }, 1, 's' ]");
  });

  test("var belongs to the whole cell, functions work before their place", async () => {
    expect(
      await last(
        "early(); function early() { seen = 7 }\nfor (var seen = 0, i = 0; i < 3; i++) {}",
        "[typeof early, i]",
      ),
    ).toBe("[ 'function', 3 ]");
  });

  test("declarations merge within a cell, never across cells", async () => {
    expect(
      await last("function g() { return g.k }\nnamespace g { export const k = 3 }\ng()", "g() + g.k"),
    ).toBe("6");
    expect(
      await last(
        "interface M { a: number }\ninterface M { b: number }\nconst m: M = { a: 1, b: 2 }; m.a + m.b",
      ),
    ).toBe("3");
    expect(await last("enum En { A, B }\nnamespace En { export const last = En.B }", "En.last")).toBe("1");
    expect(
      await last("class C { x = 1 }\ninterface C { y?: number }", "const c = new C(); c.y = 3; c.y"),
    ).toBe("3");
    expect(await last("function h() {}", "namespace h { export const k = 2 }", "h()")).toContain("TS2349");
  });

  test("a name may be a type, then a value too; a class takes both places", async () => {
    await kernel.run("type Both = { a: number }");
    expect(
      await last("const Both = (a: number): Both => ({ a })", "const both: Both = Both(1); both.a"),
    ).toBe("1");
    expect(await last("class Both { b = 's' }", "const again: Both = new Both(); again.b")).toBe("'s'");
  });
});

describe("names of globals", () => {
  test("may be declared: only cells see that, libraries and the kernel don't", async () => {
    expect(
      await last(
        "const Array = [1]; let process = 'p'; class Map { own = 1 }",
        "[Array.length, process, new Map()]",
      ),
    ).toBe("[ 1, 'p', Map { own: 1 } ]");
    expect(
      await last('import { setTimeout } from "node:timers/promises"; await setTimeout(1, "slept")'),
    ).toBe("'slept'");
    expect(
      await last(
        "function fetch(crypto: number) { return { crypto, name: fetch.name } }\nfetch(3)",
        "fetch(4)",
      ),
    ).toBe("{ crypto: 4, name: 'fetch' }");
    expect(
      await last(
        "[globalThis.process.pid > 0, await new Promise((r) => globalThis.setTimeout(r, 1, 'timer'))]",
      ),
    ).toBe("[ true, 'timer' ]");
  });

  test("keep the global where the declaration was not reached", async () => {
    expect((await kernel.run("throw new Error('x'); const URL = 1")).status).toBe("error");
    expect(await last("new URL('http://a.b').host")).toBe("'a.b'");
  });

  test("of the language itself, and the kernel's own, may not be declared", async () => {
    for (const code of [
      "const undefined = 1",
      "var globalThis = 3 as any",
      "function NaN() {}",
      "const { a: Infinity } = { a: 1 }",
      "for (var undefined of [1]) {}",
      'import * as globalThis from "node:fs"',
    ])
      expect(await last(code)).toMatch(
        /^TypeScriptError: .*TS2397: '\w+' is a value of the language itself/s,
      );
    expect(await last("const __kernelImport = 1")).toContain("'__kernelImport' is the kernel's own");
    expect(await last("const notes = undefined; [notes, NaN, typeof globalThis]")).toBe(
      "[ undefined, NaN, 'object' ]",
    );
  });

  test("this at the top is undefined, as in a module", async () => {
    expect(
      await last("const self = () => this; [self(), (function (this: number) { return this }).call(4)]"),
    ).toBe("[ undefined, 4 ]");
  });
});

describe("TypeScript's own statements", () => {
  test("enums, const enums, generics, overloads, namespaces, satisfies and as const work across cells", async () => {
    await kernel.run(
      "const enum Fixed { One = 1 }\nfunction pick(x: number): 'n';\nfunction pick(x: string): 's';\nfunction pick(x: unknown) { return typeof x === 'number' ? 'n' : 's' }\nnamespace Geo { export const tau = 6; export type Point = [x: number] }\nconst conf = { a: 1 } satisfies Record<string, number>; const pair = ['a', 1] as const",
    );
    expect(
      await last(
        "const s: 's' = pick('a'); const at: Geo.Point = [Geo.tau]; [Fixed.One, s, at, conf.a, pair[0]]",
      ),
    ).toBe("[ 1, 's', [ 6 ], 1, 'a' ]");
  });

  test("declare enum and declare const enum have their values, as written", async () => {
    expect(await last("declare const enum Described { B = 2, C }; [Described.B, Described.C]")).toBe(
      "[ 2, 3 ]",
    );
    expect(await last("export declare enum Listed { A, B = 'b' }", "[Listed.A, Listed.B, Described.C]")).toBe(
      "[ 0, 'b', 3 ]",
    );
    expect(await last("namespace Held { export declare const enum E { Z = 4 } }\nHeld.E.Z")).toBe("4");
  });

  test("abstract classes, private fields, static blocks and accessor", async () => {
    await kernel.run(
      "abstract class Shape { accessor name = 'shape'; abstract area(): number; describe() { return this.name + this.area() } }\nclass Square extends Shape { static made = 0; static { Square.made = 1 } #side = 3; override area() { return this.#side ** 2 } }",
    );
    expect(await last("const sq = new Square(); sq.name = 'sq'; [sq.describe(), Square.made]")).toBe(
      "[ 'sq9', 1 ]",
    );
  });

  test("JSX is refused in clear words, at its place", async () => {
    expect(await last("const a = 1;\nconst el = <div>hello</div>")).toBe(
      "SyntaxError: cell[N]:2:12 - error: JSX is not supported in cells. Build the HTML as text and show it with display().",
    );
  });

  test("return at the top says what to write in its place", async () => {
    expect(await last("return 5")).toContain("A cell shows its last expression; write that without return.");
  });
});

describe("await", () => {
  test("at the top: in expressions, destructuring, for await and async generators", async () => {
    await kernel.run(
      "const { x, y = await Promise.resolve(2) } = await Promise.resolve({ x: 1 } as { x: number; y?: number })",
    );
    await kernel.run(
      "async function* count(n: number) { for (let i = 0; i < n; i++) { await null; yield i } }",
    );
    expect(
      await last("const seen: number[] = []; for await (const i of count(3)) seen.push(i); [x, y, seen]"),
    ).toBe("[ 1, 2, [ 0, 1, 2 ] ]");
  });

  test("in a function that is not async, or a static block, is an error", async () => {
    expect(await last("function f() { await 1 }")).toContain("TS1308");
    expect(await last("class S { static { await 1 } }")).toContain("TS18037");
  });
});

describe("errors", () => {
  test("of types are shown all, with their number where they are many", async () => {
    const failed = await kernel.run(Array.from({ length: 25 }, (_, i) => `missing${i};`).join("\n"));
    const shown = traceback(failed);
    expect(shown.match(/error TS2304/g)).toHaveLength(20);
    expect(shown).toContain("… and 5 more errors");
  });

  test("stack overflow is a RangeError with few frames, and the kernel goes on", async () => {
    const failed = await kernel.run("function deep(): number { return deep() + 1 }\ndeep()");
    expect(failed.reply).toMatchObject({ ename: "RangeError", evalue: "Maximum call stack size exceeded" });
    expect(traceback(failed).split("\n").length).toBeLessThan(50);
    expect(await last("1")).toBe("1");
  });
});
