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
  "namespace A { export let n = 1 }",
  "export namespace A { export namespace B { export var n = 1 } }",
  "namespace A { export declare const n: number }",
  "namespace A {}; export namespace A {}",
  "namespace A.B {}; namespace A.C.D {}",
  "namespace A { export namespace B {}; namespace B {} }",
])("%s is lowered", (code) => {
  expect(needsLowering(parseSync, code)).toBe(true);
});

test.each([
  'import { a } from "@scope/package"',
  'const mail = "someone@example.org"; // using an accessor',
  "const using = 1, accessor = using; let a",
  "/** @param x */ function f(x: number) {}",
  "class A { accessor = 1; using() {} }",
  "namespace A { let n = 1; export const m = n; export function f() { let n = 2 } }",
  "namespace A { namespace C {} }; namespace B { namespace C {} }",
  "namespace A {}; namespace B.A {}; class C {}; namespace C {}; export let namespace = 1",
  'declare global { var n: number }; declare global {}; declare module "a" { export let n: number }; declare module "a" {}',
])("%s is not", (code) => {
  expect(needsLowering(parseSync, code)).toBe(false);
});
