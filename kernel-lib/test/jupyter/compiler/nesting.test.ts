import { afterAll, beforeAll, expect, test } from "vitest";
import { tooDeepAt } from "../../../src/jupyter/compiler/nesting";
import { Notebook } from "./notebook";

let notebook: Notebook;
beforeAll(async () => {
  notebook = await Notebook.open();
});
afterAll(() => notebook.close());

const parentheses = (levels: number) => `${"(".repeat(levels)}1${")".repeat(levels)}`;

test.each([
  ["parentheses", parentheses(20_000)],
  ["arrows", `${"x=>".repeat(20_000)}1`],
  ["signs", `${"!".repeat(20_000)}1`],
  ["templates", `${"`${".repeat(20_000)}1${"}`".repeat(20_000)}`],
])("code that is nested too deep is an error of its cell, at its place: %s", async (_, code) => {
  const [error] = await notebook.errors(`const a = 1;\n${code}`);
  expect(error).toMatch(/^TS0 cell\[\d+\]:2:\d+ The code is nested too deep$/);
  expect(await notebook.value("1 + 1")).toBe(2);
  expect(await notebook.compiler.complete(code, 3)).toEqual({ matches: [], start: 3, end: 3 });
  expect(await notebook.compiler.inspect(code, 3)).toBeUndefined();
});

test("code of 300 levels runs", async () => {
  expect(await notebook.value(parentheses(300))).toBe(1);
});

test("brackets in strings and comments do not count, nor do many side by side", () => {
  expect(tooDeepAt(`"${"(".repeat(1000)}"`)).toBeUndefined();
  expect(tooDeepAt(`// ${"(".repeat(1000)}\n1`)).toBeUndefined();
  expect(tooDeepAt("f(1);".repeat(1000))).toBeUndefined();
  expect(tooDeepAt("(".repeat(1000))).toBe(500);
});
