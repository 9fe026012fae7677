import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Notebook } from "./notebook";

let notebook: Notebook;
beforeAll(async () => {
  notebook = await Notebook.open();
});
afterAll(() => notebook.close());

const value = (code: string) => notebook.value(code);
const errors = (code: string) => notebook.errors(code);

describe("types of earlier cells", () => {
  test("interfaces, type aliases and classes are checked", async () => {
    await value("interface Point { x: number; y?: string }\ntype Boxed<T> = { value: T }");
    await value("const p: Point = { x: 1 }; const b: Boxed<Point> = { value: p }");
    expect(await value("b.value.x")).toBe(1);
    expect((await errors("b.value.z"))[0]).toMatch(/TS2339 .*Property 'z' does not exist on type 'Point'/);
    expect((await errors("const q: Point = {}"))[0]).toMatch(/TS2741/);
  });

  test("an instance keeps the type of its class when the class is declared again", async () => {
    await value("class A { a = 1; both() { return this.a } }\nconst old = new A()");
    await value("class A { b = 's' }\nconst young = new A()");
    expect(await value("old.a + old.both()")).toBe(2);
    expect(await value("young.b")).toBe("s");
    expect((await errors("young.a"))[0]).toMatch(/TS2339/);
    expect((await errors("old.b"))[0]).toMatch(/TS2339/);
    const [mixed] = await errors("const wrong: A = old");
    expect(mixed).toMatch(
      /Property 'b' is missing in type 'cell\[\d+\]\.A' but required in type 'cell\[\d+\]\.A'/,
    );
    expect(mixed).not.toMatch(/prelude|import\(/);
  });

  test("a class of an earlier cell can be extended after it was declared again", async () => {
    await value("class Base { one = 1 }");
    await value("class Child extends Base { two = 2 }");
    await value("class Base { other = 1 }");
    expect(await value("const child = new Child(); child.one + child.two")).toBe(3);
  });

  test("private members make classes nominal", async () => {
    await value(
      "class Secret { #s = 1; read() { return this.#s } }\nfunction open(s: Secret) { return s.read() }",
    );
    expect(await value("open(new Secret())")).toBe(1);
  });

  test("types that can't be written are kept", async () => {
    await value("const Anonymous = class { z = 1 }; const key = Symbol(); const keyed = { [key]: 1 }");
    expect(await value("new Anonymous().z + keyed[key]")).toBe(2);
    expect((await errors("new Anonymous().y"))[0]).toMatch(/TS2339/);
    await value("function make() { class Local { l = 1 }\nreturn new Local() }\nconst local = make()");
    expect(await value("local.l")).toBe(1);
    expect((await errors("local.nope"))[0]).toMatch(/TS2339 .*type 'Local'/);
    await value("const awaited = await Promise.resolve(make())");
    expect((await errors("awaited.nope"))[0]).toMatch(/TS2339 .*type 'Local'/);
    await value("const { inner: [deep] } = { inner: [make()] }");
    expect((await errors("deep.nope"))[0]).toMatch(/TS2339 .*type 'Local'/);
  });

  test("types of modules that were not imported are kept", async () => {
    await value("const stats = (await import('node:fs')).statSync('.'); const url = new URL('http://a.b')");
    expect(await value("stats.isDirectory()")).toBe(true);
    expect((await errors("stats.isNothing()"))[0]).toMatch(/TS2551|TS2339/);
    expect((await errors("url.nothing"))[0]).toMatch(/TS2339/);
  });

  test("the narrowed type of an initializer is kept", async () => {
    await value(
      "const input = 'a' as string | number; if (typeof input !== 'string') throw 1; const text = input",
    );
    expect(await value("text.length")).toBe(1);
  });

  test("generic functions and arrow functions keep their type parameters", async () => {
    await value("const first = <T extends { id: number }>(list: T[]): T | undefined => list[0]");
    expect(await value("first([{ id: 1, name: 'n' }])!.name")).toBe("n");
    expect((await errors("first([{ name: 'n' }])"))[0]).toMatch(/TS2353|TS2322|TS2741/);
  });

  test("literal types: const keeps them, let widens", async () => {
    await value("const one = 1; let wide = 1; const list = [1, 2] as const");
    await value("const exactly: 1 = one; wide = 5; const l: readonly [1, 2] = list");
    expect((await errors("const exactly2: 1 = wide"))[0]).toMatch(/TS2322/);
  });

  test("recursive and mutual types of one cell", async () => {
    await value("type Tree = { left?: Tree; value: Leaf }; interface Leaf { tree?: Tree; n: number }");
    expect(await value("const tree: Tree = { value: { n: 1 } }; tree.left?.value.n ?? 'none'")).toBe("none");
  });

  test("declare global reaches later cells", async () => {
    await value(
      "declare global { interface Array<T> { lastOne(): T | undefined } }\nArray.prototype.lastOne = function () { return this[this.length - 1] }",
    );
    expect(await value("[1, 2].lastOne()")).toBe(2);
  });
});

describe("what cells know without an import", () => {
  test("Node.js' globals, and those of the kernel", async () => {
    expect(await value("typeof Buffer.from('a') + typeof setTimeout + typeof require")).toBe(
      "objectfunctionfunction",
    );
    expect((await errors("display(1, { id: 2 })"))[0]).toMatch(/TS2322/);
    expect((await errors("clearOutput('now')"))[0]).toMatch(/TS2345/);
    expect((await errors("const answer: number = prompt('?', { password: true })"))[0]).toMatch(/TS2322/);
  });

  test("not the browser's", async () => {
    expect((await errors("document.title"))[0]).toMatch(/TS2584|TS2304/);
  });
});
