import { afterAll, beforeAll, expect, test } from "vitest";
import { emitOptions } from "../../../src/jupyter/compiler/emit-options";
import { compileModule } from "../../../src/jupyter/runner/compile-module";
import { Notebook } from "./notebook";

let notebook: Notebook;
beforeAll(async () => {
  notebook = await Notebook.open();
});
afterAll(() => notebook.close());

/** swc would end the process where it draws an error as far to the right as this. */
const long = JSON.stringify("x".repeat(70_000));

test("a syntax error behind a long string is an error of the cell, also where decorators are", async () => {
  const errors = await notebook.errors(`// @ts-ignore\nconst text = ${long}; let h ${long} const`);
  expect(errors[0]).toMatch(/^TS1005 cell\[\d+\]:2:\d+ ',' expected\.$/);
  expect((await notebook.errors(`@sealed class A {} const text = ${long}; class`)).length).toBeGreaterThan(0);
});

test("a long line runs, though a comment or a string has an @ or the word using", async () => {
  expect(await notebook.value(`const text = ${long}; // @someone, using it\ntext.length`)).toBe(70_000);
  expect(await notebook.value(`const mail = "a@b"; const data = ${long};\nmail + data.length`)).toBe(
    "a@b70000",
  );
});

test("a long line in a cell with decorators, accessor or using runs", async () => {
  expect(await notebook.value(`class A { accessor a = ${long} }; new A().a.length`)).toBe(70_000);
});

const compile = (source: string, file: string) => compileModule(source, `/${file}`, file, emitOptions());

test("a syntax error behind a long string of a local module points at its place", () => {
  expect(() => compile(`export const a = 1;\nlet b = ${long}; let c = = 3`, "m.js")).toThrow(
    /^m\.js:2:70021: Unexpected token$/,
  );
  expect(compile(`exports.n = ${long}.length`, "m.js").awaits).toBe(false);
});

test.each([
  ["const await = 1", /^m\.ts:2:70019: /],
  ["let let = 1", /^m\.ts:2:70017: /],
  ["class A { constructor() {} constructor() {} }", /^m\.ts:2:700\d\d: Multiple constructor/],
])("also one that only swc and a check of the names find: %s", (code, expected) => {
  expect(() => compile(`export const a = 1;\nlet b = ${long}; ${code}`, "m.ts")).toThrow(expected);
});

test("one that only swc finds is in its line, and the process lives on", () => {
  expect(() => compile(`export const a = 1;\nlet b = ${long}; @d class C {}`, "m.js")).toThrow(
    /^m\.js:2:1: There is an error in a line of more than 16383 characters: break the line to see where$/,
  );
});

test("a long line of a module is compiled as a short one is", () => {
  const code = (text: string) => `export class A { @mark m() { return ${text}; } }`;
  const [wide, narrow] = [long, '"x"'].map((text) => compile(code(text), "m.ts").code.replace(text, "…"));
  expect(wide).toBe(narrow);
});
