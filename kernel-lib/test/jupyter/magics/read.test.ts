import { expect, test } from "vitest";
import { readMagics } from "../../../src/jupyter/magics/read";

/** What is taken for magic in a cell: the names in their order, or what is wrong. */
async function magicsIn(code: string, names: string[] = []): Promise<string[] | string | undefined> {
  const cell = await readMagics(code, () => names);
  return cell?.problem?.message ?? cell?.places.map(({ magic }) => magic.name);
}

test.each([
  ["a remainder that goes on in the next line", "a\n% b"],
  ["the same without a space", "a\n%b"],
  ["a line of a template", "const text = `\n%who\n%%html\n!ls\n`;"],
  ["a line of a comment", "/*\n%who\n*/"],
  ["a line inside parentheses", "f(\n  a\n  %time\n)"],
  ["an inequality in its next line", "a\n!= b"],
  ["a negation", "!done && finish()"],
  ["a function that is called at once", "!function () {}()"],
  ["a percent sign in a string", 'const share = "50 %who";'],
])("%s is no magic", async (_, code) => {
  expect((await magicsIn(code)) ?? []).toEqual([]);
});

test("a remainder by a variable is no magic, even if a magic has the variable's name", async () => {
  expect(await magicsIn("10\n%who", ["who"])).toEqual([]);
  expect(await magicsIn("const who = 3;\n10\n%who")).toEqual([]);
  expect(await magicsIn("const rest = (time: number) => 10\n%time")).toEqual([]);
  expect(await magicsIn("const a = 10\n%who")).toEqual(["%who"]);
});

test("a magic may stand wherever a statement of the cell begins", async () => {
  const code = "import * as fs from 'node:fs'\nconst a = 1\n%time a + 1\n  %who\nfunction f() {}\n%reset -f";
  expect(await magicsIn(code)).toEqual(["%time", "%who", "%reset"]);
  expect(await magicsIn("\n  \n%%time\n%who\n1")).toEqual(["%%time", "%who"]);
});

test("what is left for the type checker keeps every line and column", async () => {
  const code = "const a = 1\r\n%who\r\n%time a +\r\n  1 // 'é'\r\na";
  const cell = await readMagics(code, () => []);
  expect(cell?.plain).toBe("const a = 1\r\n;   \r\n;     a +\r\n  1 // 'é'\r\na");
  expect((await readMagics("%%html\n<p>\n", () => []))?.plain).toBe(";     \n   \n");
});

test("%time is about the statements that begin in its line, however long they are", async () => {
  const code = "a;\n%time const b = f({\n  c,\n}); g()\nh();\ni()";
  const { steps = [] } = (await readMagics(code, () => [])) ?? {};
  const texts = (part: (typeof steps)[number]): unknown =>
    "magic" in part ? part.steps.map(texts) : code.slice(part.start, part.end);
  expect(steps.map(texts)).toEqual(["a;", ["const b = f({\n  c,\n});"], "g()\nh();\ni()"]);
  const short = "%time f(); g()\nh()";
  const timed = (await readMagics(short, () => []))?.steps[0];
  expect(timed && "magic" in timed && timed.steps).toEqual([{ start: 6, end: 14 }]);
});

test.each([
  [
    "%foo",
    "there is no magic %foo. There are %time STATEMENT, %who, %reset [-f], %%time, %%html, %%markdown, %%latex, %%svg, !COMMAND",
  ],
  ["%%foo\ntext", "there is no magic %%foo. There are %time"],
  ["%html", "there is no magic %html, but there is %%html: write it in the cell's first line"],
  ["%%who", "there is no magic %%who, but there is %who: write it before a statement"],
  ["f();\n%%html\n<b>", "%%html must stand in the cell's first line"],
  ["%%html --isolated\n<b>", "%%html: expected nothing behind it in its line, got --isolated"],
  ["%time", "%time: expected a statement behind it, in its line"],
  ["%time\nf()", "%time: expected a statement behind it, in its line"],
  ["%reset all", "%reset: expected nothing or -f, got all"],
  [
    "!npm install x",
    "!: shell commands are off. To switch them on, start Jupyter with the environment variable",
  ],
])("%j is refused with what would be right", async (code, message) => {
  expect(await magicsIn(code)).toContain(message);
});
