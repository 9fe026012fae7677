import { describe, expect, test } from "vitest";
import { loadOxc } from "../../../src/jupyter/compiler/oxc";
import { stopFor, stopsOf } from "../../../src/jupyter/debugger/stops";

const oxc = await loadOxc();

/** The lines, from 1, at which a breakpoint in each line of the code comes to stand. */
function lines(code: string): (number | undefined)[] {
  const stops = stopsOf(oxc, code);
  return code.split("\n").map((_, line) => {
    const stop = stopFor(stops, line);
    return stop && stop.line + 1;
  });
}

describe("a breakpoint", () => {
  test("in a line with a statement stays there", () => {
    expect(lines("let a = 1;\na++;\nconsole.log(a);")).toEqual([1, 2, 3]);
  });

  test("in a comment or an empty line moves to the next statement", () => {
    expect(lines("// why\n\n/* more\nwords */\nlet a = 1;")).toEqual([5, 5, 5, 5, 5]);
  });

  test("in a type moves past it", () => {
    expect(lines("interface A {\n  x: number;\n}\ntype B = A;\nlet c: B;\ndeclare let d: A;\nd;")).toEqual(
      Array(7).fill(7),
    );
  });

  test("in the head of a function moves to its first statement", () => {
    expect(lines("function f(\n  x: number,\n) {\n  return x;\n}\nf(1);")).toEqual([4, 4, 4, 4, 6, 6]);
  });

  test("in an arrow function's value stays there", () => {
    expect(lines("const f =\n  (x: number) =>\n    x + 1;")).toEqual([1, 3, 3]);
  });

  test("in a branch, a loop, a case or a method stays there", () => {
    const code =
      "if (a)\n  b();\nelse\n  c();\nfor (const x of y)\n  d(x);\nclass C {\n  m() {\n    return 1;\n  }\n}";
    expect(lines(code)).toEqual([1, 2, 4, 4, 5, 6, 7, 9, 9, undefined, undefined]);
  });

  test("after the last statement has no place", () => {
    expect(lines("a();\n// end")).toEqual([1, undefined]);
  });

  test("in code with a syntax error still has a place, or none, and nothing is thrown", () => {
    expect(() => lines("let a = ;\nb(")).not.toThrow();
  });
});
