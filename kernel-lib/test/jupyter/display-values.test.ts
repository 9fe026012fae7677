import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { content, useKernel } from "./kernel";
import { shown as shownBy } from "./shown";

const kernel = useKernel();
const shown = (code: string) => shownBy(kernel, code);

describe("an error that was not thrown", () => {
  test("shows the cell's lines that made it, and its cause", async () => {
    const executed = await kernel.run(
      'const make = () => new RangeError("outer", { cause: new TypeError("inner") });\nmake()',
    );
    const { data } = content(executed, "execute_result") as { data: Record<string, string> };
    const { "text/plain": text = "" } = data;
    expect(text).toMatch(/^RangeError: outer\n/);
    expect(text).toContain(`at make (cell[${executed.executionCount}]:1:20)`);
    expect(text).toContain("> 1 | const make");
    expect(text).toContain("Caused by:\n  TypeError: inner");
    expect(text).not.toContain("\x1b");
  });

  test("shows its own properties", async () => {
    const { "text/plain": text } = await shown(
      'Object.assign(new Error("m"), { code: "E_X", tag: "<b>\\x1b" })',
    );
    expect(text).toMatch(/\n\{ code: 'E_X', tag: '<b>\\x1B' \}$/);
  });
});

describe("a picture in SVG", () => {
  test("is shown as an image, in which no script runs, if a string holds one", async () => {
    const svg = `<?xml version="1.0" encoding="latin1"?><svg onload="alert(1)"><title>ñ "x" &lt;b&gt;</title></svg>`;
    const bundle = await shown(`${JSON.stringify(svg)}`);
    expect(bundle["text/plain"]).toBe(`'${svg}'`);
    expect(Object.keys(bundle)).toEqual(["text/plain", "text/html"]);
    const { body } = new JSDOM(bundle["text/html"]).window.document;
    expect(body.children).toHaveLength(1);
    const image = body.querySelector("img")!;
    expect(image.getAttributeNames()).toEqual(["alt", "src"]);
    expect(image.alt).toBe('ñ "x" <b>');
    const [, encoded = ""] = /^data:image\/svg\+xml;base64,(.*)$/.exec(image.src) ?? [];
    expect(Buffer.from(encoded, "base64").toString()).toBe(
      `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><title>ñ "x" &lt;b&gt;</title></svg>`,
    );
  });

  test("is not what a string only mentions", async () => {
    expect(Object.keys(await shown('"<svgx></svgx>"'))).toEqual(["text/plain"]);
    expect(Object.keys(await shown('"see <svg></svg>"'))).toEqual(["text/plain"]);
  });

  test("is shown of an element of a document, which else is HTML", async () => {
    await kernel.run(`import { createRequire as from } from "node:module";
const { document } = new (from(${JSON.stringify(__filename)})("jsdom") as any).JSDOM("<svg><g/></svg><p>x</p>").window;`);
    expect(await shown('document.querySelector("svg")')).toHaveProperty("image/svg+xml");
    expect((await shown('document.querySelector("p")'))["text/html"]).toBe("<p>x</p>");
  }, 60_000);
});

test.each([
  ["a string", '"<b>"', "'<b>'"],
  ["a date", "new Date(0)", "1970-01-01T00:00:00.000Z"],
  ["a set", 'new Set([1, "a"])', "Set(2) { 1, 'a' }"],
  ["a typed array", "new Float32Array([1, 2])", "Float32Array(2) [ 1, 2 ]"],
  ["bytes", "new Uint8Array([137, 80, 78, 71])", "Uint8Array(4) [ 137, 80, 78, 71 ]"],
  ["a kept promise", "Promise.resolve(5)", "Promise { 5 }"],
  ["a promise without end", "new Promise(() => {})", "Promise { <pending> }"],
  ["an instance of a class", "new (class Point { x = 1; #y = 2 })()", "Point { x: 1 }"],
  [
    "a circular structure",
    "const c: any = { a: 1 }; c.self = c; c",
    "<ref *1> { a: 1, self: [Circular *1] }",
  ],
  ["a getter that throws", '({ get x(): number { throw new Error("no") } })', "{ x: [Getter] }"],
  [
    "a getter named as a frame's",
    '({ get shape(): number { throw new Error("no") }, get columns(): number { throw 1 } })',
    "{ shape: [Getter], columns: [Getter] }",
  ],
  [
    "a proxy whose traps throw",
    "new Proxy({ a: 1 }, { get() { throw 1 }, has() { throw 1 }, ownKeys() { throw 1 } })",
    "{ a: 1 }",
  ],
  ["a proxy that answers to every name", "new Proxy({}, { get: () => () => 5 })", "{}"],
  ["a revoked proxy", "const r = Proxy.revocable({}, {}); r.revoke(); r.proxy", "<Revoked Proxy>"],
  [
    "an object without prototype",
    "Object.assign(Object.create(null), { a: 1 })",
    "[Object: null prototype] { a: 1 }",
  ],
  [
    "an object whose text throws",
    '({ [Symbol.for("nodejs.util.inspect.custom")]() { throw new Error("bad") } })',
    "[object whose text cannot be made: Error: bad]",
  ],
])("%s is shown as text, and never fails the cell", async (_, code, text) => {
  expect(await shown(code)).toEqual({ "text/plain": text });
});

test("the text of an enormous object is cut, and says by how much", async () => {
  const text = (await shown("Object.fromEntries(Array.from({ length: 20000 }, (_, i) => ['key' + i, i]))"))[
    "text/plain"
  ]!;
  expect(text.length).toBeLessThan(51_000);
  expect(text).toMatch(/\n… \d+ more characters$/);
});
