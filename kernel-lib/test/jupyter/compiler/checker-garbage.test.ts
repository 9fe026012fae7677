import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LanguageServer } from "../../../src/jupyter/compiler/language-server";
import { Notebook } from "./notebook";

const started = vi.spyOn(LanguageServer.prototype, "start");
const request = vi.spyOn(LanguageServer.prototype, "request");
const collections = () => started.mock.calls.filter(([method]) => method === "custom/runGC").length;
let notebook: Notebook;

beforeEach(async () => {
  notebook = await Notebook.open();
  started.mockClear();
});

afterEach(() => notebook.close());

test("many cells in a row let the checker collect garbage now and then, and at rest", async () => {
  for (let i = 0; i < 80; i += 1) await notebook.run(`const value${i} = ${i};`);
  const inARow = collections();
  expect(inARow).toBeGreaterThanOrEqual(2);
  expect(inARow).toBeLessThanOrEqual(6);
  notebook.compiler.collectGarbage();
  expect(collections()).toBe(inARow + 1);
});

test("a checker that has had nothing to do is left alone", async () => {
  await notebook.run("1 + 1");
  notebook.compiler.collectGarbage();
  notebook.compiler.collectGarbage();
  expect(collections()).toBe(1);
});

test("the checker knows how to collect garbage", async () => {
  notebook.compiler.collectGarbage();
  const call = request.mock.calls.findLastIndex(([method]) => method === "custom/runGC");
  await expect(request.mock.results[call]?.value).resolves.toBeNull();
});
