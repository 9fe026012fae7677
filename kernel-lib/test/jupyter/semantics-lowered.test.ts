import { describe, expect, test } from "vitest";
import { lastResult, result, sleep, text, traceback, useKernel } from "./kernel";

const kernel = useKernel();

const last = (...cells: string[]) => lastResult(kernel, cells);

describe("decorators", () => {
  test("of the standard", async () => {
    const code = `function logged<T extends Function>(f: T, context: ClassMethodDecoratorContext) { console.log("decorated", String(context.name)); return f }
class Logged { @logged m() { return 1 } }
new Logged().m()`;
    const run = await kernel.run(code);
    expect([text(run), result(run)]).toEqual(["decorated m\n", "1"]);
  });

  test("by experimentalDecorators of tsconfig.json", async () => {
    kernel.write("tsconfig.json", '{ "compilerOptions": { "experimentalDecorators": true } }');
    expect(
      await last(
        "const names: string[] = []; function mark(target: object, name: string) { names.push(name) }\nclass Old { @mark m() {} }\nnames",
      ),
    ).toBe("[ 'm' ]");
    expect(
      await last(
        "const tag = <T extends new (...all: any[]) => object>(c: T) => class extends c { tagged = true }",
        "@tag class A { static make() { return new A() } }",
        "const first = A",
        "@tag class A { static make() { return new A() } }",
        "[A.make() instanceof A, 'tagged' in A.make(), first.make() instanceof first, first.make() instanceof A]",
      ),
    ).toBe("[ true, true, true, false ]");
    kernel.write("tsconfig.json", "{}");
  });

  test("of one cell are not those of the next", async () => {
    expect(
      await last(
        "const times = (k: number) => (v: undefined, c: ClassFieldDecoratorContext) => (x: number) => x * k",
        "class Twice { @(times(2)) n = 1 }",
        "class Thrice { @(times(3)) n = 1 }",
        "[new Twice().n, new Thrice().n]",
      ),
    ).toBe("[ 2, 3 ]");
    expect(
      await last(
        "function bound(v: Function, c: ClassMethodDecoratorContext) { c.addInitializer(function (this: any) { this[c.name] = this[c.name].bind(this) }) }",
        "class Button { x = 1; @bound read() { return this.x } }",
        "class Other { x = 2; @bound read() { return this.x } }",
        "const [button, other] = [new Button().read, new Other().read]; [button(), other()]",
      ),
    ).toBe("[ 1, 2 ]");
  });

  test("of a class with static members leave its name, and may replace it", async () => {
    expect(
      await last(
        "const seen: unknown[] = []; function note<T>(c: T, x: ClassDecoratorContext) { seen.push(x.name) }",
        "@note class Static { static s() { return Static.t } static t = 3; static { seen.push(this.t) } }",
        "[typeof Static, Static.s(), seen]",
      ),
    ).toBe("[ 'function', 3, [ 'Static', 3 ] ]");
    expect(
      await last(
        "class Instead { m() { return 'instead' } }; const replace = (c: any, x: ClassDecoratorContext): any => Instead",
        "@replace class Old { m() { return 'old' } }",
        "[new Old().m(), Old === (Instead as any)]",
      ),
    ).toBe("[ 'instead', true ]");
  });

  test("and accessors in a cell with enums, namespaces and parameter properties", async () => {
    expect(
      await last(
        "enum Kind { A, B }; namespace Space { export const k = Kind.B }; class Store { accessor n = 1; constructor(private readonly m = 2) {} sum() { return this.n + this.m + Space.k } }",
        "const store = new Store(); store.n = 10; [store.sum(), Kind[0]]",
      ),
    ).toBe("[ 13, 'A' ]");
  });

  test("of a local module", async () => {
    kernel.write(
      "marked.ts",
      "const log: string[] = []; const mark = <T>(c: T, x: ClassDecoratorContext) => void log.push(String(x.name));\n@mark export class Marked { static n = 1; use() { using a = { [Symbol.dispose]: () => void log.push('a') }; return log } }\n",
    );
    expect(await last("import { Marked } from './marked'; new Marked().use(), new Marked().use()")).toBe(
      "[ 'Marked', 'a', 'a' ]",
    );
  });
});

describe("namespaces", () => {
  test("that export let or var share it with their functions, also in later cells", async () => {
    const code =
      "namespace V { export let count = 0; export var by = 1; export function inc() { count += by } }";
    expect(await last(`${code}\nV.inc(); V.count`)).toBe("1");
    expect(await last("V.by = 10; V.inc(); V.count")).toBe("11");
    expect(await last(code, "V")).toBe("{ count: 0, by: 1, inc: [Function: inc] }");
  });

  test.each([
    ["namespace M1 { export const a = 1 } namespace M1 { export const b = a }", "M1", "{ a: 1, b: 1 }"],
    ["namespace M2.N { export const a = 1 } namespace M2.N { export const b = a }", "M2.N", "{ a: 1, b: 1 }"],
    ["namespace M3.N { export const a = 1 } namespace M3.O { export const b = N.a }", "M3.O", "{ b: 1 }"],
    [
      "namespace M4 { export namespace N { export const a = 1 } export namespace N { export const b = a } }",
      "M4.N",
      "{ a: 1, b: 1 }",
    ],
    [
      "class C {} namespace C { export const a = 1 } namespace C { export const b = a }",
      "[C.b, new C() instanceof C]",
      "[ 1, true ]",
    ],
    [
      "function f() { return f.b } namespace f { export const a = 1 } namespace f { export const b = a }",
      "f()",
      "1",
    ],
    [
      "enum E { A } namespace E { export const a = 1 } namespace E { export const b = a }",
      "[E.A, E.b]",
      "[ 0, 1 ]",
    ],
    ["namespace Map { export let a = 1 } namespace Map { export const b = a }", "[Map.a, Map.b]", "[ 1, 1 ]"],
  ])("in several parts: %s", async (code, value, expected) => {
    expect(await last(`${code}\n${value}`, value)).toBe(expected);
    expect(await last(value)).toBe(expected);
  });

  test("of a later cell replace those of the same name", async () => {
    expect(
      await last("namespace R { export let a = 1 }", "namespace R { export let b = 2 }", "Object.keys(R)"),
    ).toBe("[ 'b' ]");
  });

  test("of a local module", async () => {
    kernel.write(
      "spaces.ts",
      `export namespace V { export let count = 0; export function inc() { count++ } }
export namespace M.N { export const a = 1 }
export namespace M.N { export const b = a }
`,
    );
    expect(await last("import { V as W, M } from './spaces'; W.inc(); [W.count, M.N.b]")).toBe("[ 1, 1 ]");
  });
});

describe("using", () => {
  test("is disposed of at the cell's end, in reverse order, also when the cell throws", async () => {
    await kernel.run(
      "const order: string[] = []; const resource = (n: string) => ({ n, [Symbol.dispose]() { order.push(n) } })",
    );
    await kernel.run(
      "using a = resource('a'); await using b = { async [Symbol.asyncDispose]() { await null; order.push('b') } }; order.push('body')",
    );
    expect((await kernel.run("using c = resource('c'); throw new Error('stop')")).status).toBe("error");
    expect(await last("order")).toBe("[ 'body', 'b', 'a', 'c' ]");
    expect(
      await last("{ using d = resource('d') }\nfor (using e of [resource('e')]) {}\norder.slice(4)"),
    ).toBe("[ 'd', 'e' ]");
  });

  test("ends with its cell: later cells don't see the name, other names of the cell they do", async () => {
    await kernel.run("using file = resource('file'); const size = file.n.length");
    expect(await last("size")).toBe("4");
    expect(await last("file.n")).toContain(
      "Cannot find name 'file'. cell[N] declared it by using, so it was disposed of",
    );
  });

  test("two errors are one that suppressed the other", async () => {
    const code =
      "using a = { [Symbol.dispose]() { throw new Error('disposing') } }; using b = resource('b'); throw new Error('body')";
    const failed = await kernel.run(`order.length = 0; ${code}`);
    expect(failed.reply).toMatchObject({ ename: "SuppressedError" });
    expect(traceback(failed)).toMatch(/error: Error: disposing\n\s+at .*cell\[\d+\]:1:/);
    expect(traceback(failed)).not.toContain("<anonymous>");
    expect(await last("order")).toBe("[ 'b' ]");
    const inFunction = `function f() { ${code} }; let all; try { f() } catch (e: any) { all = [e.name, e.error.message, e.suppressed.message] }; all`;
    expect(await last(inFunction)).toBe("[ 'SuppressedError', 'disposing', 'body' ]");
  });

  test("an error of the cell alone is told as it is, at its place", async () => {
    const shown = traceback(await kernel.run("using c = resource('c');\n(null as any).x"));
    expect(shown).toMatch(/TypeError: Cannot read properties of null.*\n.*cell\[\d+\]:2:15\b/);
  });

  test("leaves the rest of the cell as it is without", async () => {
    await kernel.run("let kept = 1");
    await kernel.run(
      "using g = resource('g'); if (order) throw new Error('x'); let kept = 'new'; class Unreached {}",
    );
    expect(await last("kept.toFixed(1)")).toBe("'1.0'");
    expect(await last("new Unreached()")).toContain("cell[N] would have defined it in line 1, but threw");
    expect(await last("using h = resource('h'); export const shown = 2; shown")).toBe("2");
    expect(
      await last("using i = resource('i'); const early = () => late; early(); const late = 1"),
    ).toContain("ReferenceError");
  });

  test("takes null, several at once, and a disposer that waits; the value is the cell's", async () => {
    await kernel.run("order.length = 0");
    const code = `using none = null, one = resource('one');
await using slow = { async [Symbol.asyncDispose]() { await new Promise((done) => setTimeout(done, 20)); order.push('slow') } };
order.length`;
    expect(await last(code)).toBe("0");
    expect(await last("order")).toBe("[ 'slow', 'one' ]");
  });

  test("a disposer that loops can be interrupted", async () => {
    const stuck = kernel.run("using l = { [Symbol.dispose]() { for (;;) {} } }");
    await sleep(700);
    await kernel.client.interrupt();
    expect((await stuck).reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    expect(await last("1 + 1")).toBe("2");
  });

  test("point at the cell, not at helpers of the compiler", async () => {
    const shown = traceback(await kernel.run("1;\nusing nothing = { a: 1 } as any"));
    expect(shown).toMatch(/TypeError: Object not disposable\.\ncell\[\d+\]:2:\d+\n/);
    expect(shown).not.toMatch(/tslib|kernelUsing|node:/);
  });
});
