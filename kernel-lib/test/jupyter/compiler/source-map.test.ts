import { afterAll, beforeAll, expect, test } from "vitest";
import { Notebook, originOf } from "./notebook";

let notebook: Notebook;
beforeAll(async () => {
  notebook = await Notebook.open();
});
afterAll(() => notebook.close());

/** Line and column in the cell at which each of its own stack frames is. */
async function framesOf(code: string): Promise<string[]> {
  const { thrown, compilation } = await notebook.run(code);
  if (!compilation.ok || thrown === undefined) throw new Error("the cell did not throw");
  const frames = [...thrown.matchAll(/(?:\(|at )(cell-\d+\.ts):(\d+):(\d+)/g)];
  return frames
    .filter(([, url]) => url === compilation.sourceUrl)
    .map(([, , line, column]) => originOf(compilation, Number(line), Number(column)))
    .map(({ line, column }) => `${line}:${column}`);
}

test("a throw is at its own line and column", async () => {
  expect(await framesOf("const a = 1;\n\n// a comment\nthrow new Error('here')")).toEqual(["4:7"]);
});

test("types, interfaces and enums before it don't shift it", async () => {
  const code =
    "interface A {\n  x: number;\n}\nenum E { B }\ntype C = A & {\n  y: string;\n};\nlet c: C | undefined; (null as any).z";
  expect(await framesOf(code)).toEqual(["8:37"]);
});

test("imports and hoisted functions before it don't shift it", async () => {
  const code = `import * as path from "node:path"; import { sep } from "node:path";
const before = 1; function f(n: number): never {
  const x = n; throw new Error("in f");
}
let y = 2; f(y);`;
  expect(await framesOf(code)).toEqual(["3:22", "5:12"]);
});

test("const, var and export on the same line don't shift it", async () => {
  expect(await framesOf("export const e = 1; var v1 = 2; const w = 3; throw new Error('x')")).toEqual([
    "1:52",
  ]);
  expect(await framesOf("var v = 1; var v = 2; throw new Error('x')")).toEqual(["1:29"]);
  expect(await framesOf("const m = await import('node:path'); throw new Error('x')")).toEqual(["1:44"]);
});

test("decorators and using don't shift it", async () => {
  const code = `function d(value: Function, context: ClassMethodDecoratorContext) {}
class K { @d m(): never {
  throw new Error("in m");
} }
new K().m();`;
  const frames = await framesOf(code);
  expect(frames[0]).toBe("3:9");
  expect(frames.at(-1)).toMatch(/^5:/);
});

test("a function of an earlier cell keeps that cell's lines", async () => {
  const first = await notebook.run(
    "const unused = 1;\nconst thrower = (): never => {\n  throw new Error('from before');\n};",
  );
  const { thrown } = await notebook.run("\n\nthrower()");
  const [, url, line, column] = /(cell-\d+\.ts):(\d+):(\d+)/.exec(thrown ?? "") ?? [];
  expect(first.compilation).toMatchObject({ sourceUrl: url });
  expect(originOf(first.compilation, Number(line), Number(column))).toEqual({ line: 3, column: 9 });
});

test("the map holds the cell's own text", async () => {
  const { compilation } = await notebook.run("let own: number = 1");
  expect(compilation).toMatchObject({
    sourceMap: {
      version: 3,
      sources: [expect.stringMatching(/^cell-\d+\.ts$/)],
      sourcesContent: ["let own: number = 1"],
    },
  });
});
