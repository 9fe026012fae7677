import { afterAll, beforeAll, expect, test } from "vitest";
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

test("a long line in a cell with decorators, accessor or using is refused with what to do", async () => {
  const [error] = await notebook.errors(`class A { accessor a = ${long} }`);
  expect(error).toMatch(/can't have a line of more than 16383 characters: break it$/);
  expect(await notebook.value(`class A { accessor a = ${long.slice(0, 16_000)}" }; new A().a.length`)).toBe(
    15_999,
  );
});

test("a syntax error behind a long string of a local module points at its place", () => {
  const compile = () => compileModule(`export const a = 1;\nlet b = ${long}; let c = = 3`, "/m.js", "m.js");
  expect(compile).toThrow(/^m\.js:2:\d+: /);
  expect(compileModule(`exports.n = ${long}.length`, "/m.js", "m.js").awaits).toBe(false);
});
