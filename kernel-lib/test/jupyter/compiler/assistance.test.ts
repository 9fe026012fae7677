import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Notebook } from "./notebook";

let notebook: Notebook;
beforeAll(async () => {
  notebook = await Notebook.open({ "helper.ts": "export const helper = 1;" });
  await notebook.value(`/** The answer to everything. */
const answer = 42;
/**
 * Moves a point.
 * @param dx how far to the right
 * @param dy how far down
 * @example shift(1, 2)
 */
function shift(dx: number, dy = 0): string { return "" + dx + dy }
/** A place. */
class Place { x = 1; optional?: string; walk(steps: number) { return steps } }
const place = new Place();
interface Shape { sides: number }
import * as paths from "node:path";`);
});
afterAll(() => notebook.close());

/** The cursor is where the code has a `|`. */
function at(marked: string): [code: string, offset: number] {
  const offset = marked.indexOf("|");
  return [marked.slice(0, offset) + marked.slice(offset + 1), offset];
}

async function completions(marked: string) {
  const [code, offset] = at(marked);
  const { matches, start, end } = await notebook.compiler.complete(code, offset);
  return { names: matches.map(({ text }) => text), matches, replaced: code.slice(start, end) };
}

const inspect = (marked: string) => notebook.compiler.inspect(...at(marked));

describe("completion", () => {
  test("of names of earlier cells, the cell's own, globals and keywords", async () => {
    expect(await completions("let y = 1; sh|")).toMatchObject({
      names: ["shift", "SharedArrayBuffer"],
      replaced: "sh",
    });
    expect((await completions("const ansatz = 1; { an| }")).names.slice(0, 2)).toEqual(["ansatz", "answer"]);
    expect((await completions("function f(parameter: number) { par| }")).names).toContain("parameter");
    expect((await completions("cons|")).names).toEqual(["console", "const"]);
    expect((await completions("disp|")).names).toEqual(["display"]);
    expect((await completions("pat|")).names).toContain("paths");
  });

  test("of nothing lists all that is known, the cells' names first, without the kernel's own", async () => {
    const { names } = await completions("|");
    expect(names.slice(0, 4)).toEqual(["Place", "answer", "paths", "place"]);
    expect(names.filter((name) => /^\$|^__notebook/.test(name))).toEqual([]);
  });

  test("of members, also optional ones and after ?.", async () => {
    expect((await completions("place.|")).names.sort()).toEqual(["optional", "walk", "x"]);
    expect((await completions("place?.wa|lk")).names).toEqual(["walk"]);
    expect((await completions("Math.ma|")).names).toEqual(["max"]);
    expect((await completions("'text'.toUp|")).names).toEqual(["toUpperCase"]);
    expect((await completions("`$" + "{place.w|}`")).names).toEqual(["walk"]);
  });

  test("of types, properties of object literals, string literals and import paths", async () => {
    expect((await completions("let s: Sha|")).names).toContain("Shape");
    expect((await completions("const s: Shape = { si| }")).names).toEqual(["sides"]);
    expect((await completions("function paint(c: 'red') {} paint('r|')")).names).toEqual(["red"]);
    expect(await completions("import x from 'node:f|'")).toMatchObject({ replaced: "node:f" });
    expect((await completions("import x from './he|'")).names).toEqual(["helper"]);
    expect((await completions("import { readFileS| } from 'node:fs'")).names).toEqual(["readFileSync"]);
  });

  test("names the kinds", async () => {
    const kind = async (marked: string) => (await completions(marked)).matches[0]?.kind;
    expect(await kind("place.wal|")).toBe("method");
    expect(await kind("place.x|")).toBe("property");
    expect(await kind("encodeURIC|")).toBe("function");
    expect(await kind("whil|")).toBe("keyword");
  });

  test("offers nothing in comments, strings and numbers", async () => {
    expect((await completions("// pla|")).names).toEqual([]);
    expect((await completions("'pla|'")).names).toEqual([]);
  });

  test("does not disturb the cells", async () => {
    await completions("let answer = 'now text'; answer.|");
    expect(await notebook.value("answer.toFixed()")).toBe("42");
  });
});

describe("inspection", () => {
  test("of a name gives its declaration and documentation", async () => {
    expect((await inspect("answ|er"))?.plain).toBe("const answer: 42\nThe answer to everything.");
    const shift = await inspect("shift|(1)");
    expect(shift?.plain).toMatch(/^function shift\(dx: number, dy\?: number\): string\nMoves a point\./);
    expect(shift?.plain).toMatch(/@param dx — how far to the right/);
    expect(shift?.plain).toMatch(/@example/);
    expect(shift?.markdown).toMatch(/^```typescript\nfunction shift/);
    expect((await inspect("Place|"))?.plain).toBe("class Place\nA place.");
    expect((await inspect("place.walk|"))?.plain).toBe("(method) Place.walk(steps: number): number");
  });

  test("inside a call gives its signature and the parameter that is being written", async () => {
    const call = await inspect("shift(1, |)");
    expect(call?.plain).toMatch(/^shift\(dx: number, dy\?: number\): string\n\ndy\?: number — how far down/);
    expect((await inspect("Math.max(|"))?.plain).toMatch(/\.\.\.values: number\[\]/);
  });

  test("of an argument gives the argument and the call", async () => {
    expect((await inspect("shift(answer|)"))?.plain).toMatch(/^const answer: 42[\s\S]*shift\(dx: number/);
  });

  test("of nothing, or of something unknown, gives nothing", async () => {
    expect(await inspect("|")).toBeUndefined();
    expect(await inspect("nobodyKnows|")).toBeUndefined();
  });
});

describe("whether a cell is complete", () => {
  const status = async (code: string) => (await notebook.compiler.isComplete(code)).status;

  test.each([
    "",
    "1",
    "const x = 1;\n",
    "function f() {\n}",
    "// a comment",
    "await 1",
    "let x: number",
    "for await (const x of y) {}",
    "@dec class A {}",
    "using x = y",
  ])("%j is", async (code) => expect(await status(code)).toBe("complete"));

  test.each([
    "f(",
    "[1,",
    "{",
    "function f() {",
    "class A {\n  m() {",
    "`text $" + "{1}",
    "`text ${",
    "/* comment",
    "1 +",
    "x.",
    "a ? b :",
    "if (x) {\n} else",
    "if (x)",
    "const x =",
    "() =>",
    "interface A {",
    "import { a } from",
    "try {\n}",
    "'text\\",
    "// comment\nf(\n  1,\n",
  ])("%j needs more", async (code) => expect(await status(code)).toBe("incomplete"));

  test.each(["const = 7q", "f)", "}", "'text", "foo(]", "x y", "let 1x"])(
    "%j can't become right",
    async (code) => expect(await status(code)).toBe("invalid"),
  );

  test("the next line's indentation follows the code's own", async () => {
    const indent = async (code: string) => (await notebook.compiler.isComplete(code)).indent;
    expect(await indent("if (x) {")).toBe("  ");
    expect(await indent("if (x) {\n    y(\n")).toBe("        ");
    expect(await indent("if (x) {\n\ty;")).toBe("\t");
    expect(await indent("1 +")).toBe("");
  });
});
