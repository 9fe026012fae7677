import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { needsLowering } from "../../../src/jupyter/compiler/lower";

test.each([
  "@mark class A {}",
  "class A { @mark() m() {} }",
  "const A = class { constructor(@mark x) {} }",
  "class A { accessor n = 1 }",
  "abstract class A { abstract accessor n: number }",
  "function f() { using a = b }",
  "for (await using a of b) {}",
])("%s is lowered", (code) => {
  expect(needsLowering(parseSync, code)).toBe(true);
});

test.each([
  'import { a } from "@scope/package"',
  'const mail = "someone@example.org"; // using an accessor',
  "const using = 1, accessor = using; let a",
  "/** @param x */ function f(x: number) {}",
  "class A { accessor = 1; using() {} }",
])("%s is not", (code) => {
  expect(needsLowering(parseSync, code)).toBe(false);
});
