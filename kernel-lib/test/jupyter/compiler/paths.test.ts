import path from "node:path";
import { expect, test } from "vitest";
import { absolutePaths, mappedPaths, pathMapping } from "../../../src/jupyter/compiler/paths";

const folder = path.resolve("/project");
const mapped = (specifier: string, targets: Record<string, string[]>) =>
  mappedPaths(specifier, { folder, targets }).map((file) => path.relative(folder, file).replace(/\\/g, "/"));

test("an exact name goes before a pattern", () => {
  const targets = { "@lib/*": ["./src/*"], "@lib/a": ["./exact.ts"] };
  expect(mapped("@lib/a", targets)).toEqual(["exact.ts"]);
  expect(mapped("@lib/b/c", targets)).toEqual(["src/b/c"]);
});

test("the pattern with the longest text before its star counts alone", () => {
  const targets = { "*": ["./all/*"], "@lib/deep/*": ["./deep/*"], "@lib/*": ["./src/*"] };
  expect(mapped("@lib/deep/a", targets)).toEqual(["deep/a"]);
  expect(mapped("@lib/a", targets)).toEqual(["src/a"]);
  expect(mapped("a", targets)).toEqual(["all/a"]);
});

test("text after the star belongs to the pattern", () => {
  const targets = { "a*-model": ["./models/*.ts"] };
  expect(mapped("a-1-model", targets)).toEqual(["models/-1.ts"]);
  expect(mapped("a-model", targets)).toEqual(["models/.ts"]);
  expect(mapped("a-1-models", targets)).toEqual([]);
  expect(mapped("amodel", targets)).toEqual([]);
});

test("a text that stands before and after the star is not counted twice", () => {
  expect(mapped("aba", { "ab*ba": ["./x/*"] })).toEqual([]);
  expect(mapped("abba", { "ab*ba": ["./x/*"] })).toEqual(["x"]);
});

test("targets keep their order; $ in a name is plain text", () => {
  expect(mapped("#$&", { "#*": ["./one/*", "two/*"] })).toEqual(["one/$&", "two/$&"]);
});

test("names of Object.prototype and patterns with two stars mean nothing", () => {
  expect(mapped("constructor", {})).toEqual([]);
  expect(mapped("abc", { "a*c*": ["./x"] })).toEqual([]);
});

test("targets are relative to baseUrl, or else to the folder of the tsconfig.json that sets them", () => {
  const paths = { a: ["./a"] };
  expect(pathMapping({})).toBeUndefined();
  expect(pathMapping({ paths, pathsBasePath: folder })).toEqual({ folder, targets: paths });
  const mapping = pathMapping({ paths, pathsBasePath: folder, baseUrl: path.join(folder, "src") })!;
  expect(absolutePaths(mapping)).toEqual({ a: [path.join(folder, "src", "a")] });
});
