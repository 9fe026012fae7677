import path from "node:path";
import { expect, test } from "vitest";
import { emptyFolder, messages, Notebook, withFiles } from "./notebook";

test("without a tsconfig.json cells are strict and know Node.js", () =>
  withFiles({}, async (notebook) => {
    expect((await notebook.errors("let x = null; x = 1; function f(y) {}"))[0]).toMatch(/TS7006/);
    expect(await notebook.value("process.version.length > 1")).toBe(true);
  }));

test("options, comments and extends of the nearest tsconfig.json above count", async () => {
  const folder = emptyFolder();
  const files = {
    "base.json": '{ "compilerOptions": { "strict": false, } }',
    "tsconfig.json":
      '{ // a comment\n "extends": "./base.json", "compilerOptions": { "lib": ["es2022", "dom"] } }',
    "notebooks/here.txt": "",
  };
  const outer = await Notebook.open(files, folder);
  await withFiles(
    {},
    async (notebook) => {
      expect(await notebook.value("function loose(x) { return x }\nconst n: number = null; loose(n)")).toBe(
        null,
      );
      expect((await notebook.run("const title = () => document.title")).rejected).toBeUndefined();
      expect((await notebook.errors("[1].toSorted()"))[0]).toMatch(/TS2550/);
    },
    path.join(folder, "notebooks"),
  );
  await outer.close();
});

test("paths are resolved from the folder of the tsconfig.json", () =>
  withFiles(
    {
      "tsconfig.json": '{ "compilerOptions": { "paths": { "@lib/*": ["./src/*"] } } }',
      "src/tool.ts": "export const tool = 'hammer';",
    },
    async (notebook) => {
      expect((await notebook.errors("import { tool } from '@lib/tool'; const n: number = tool"))[0]).toMatch(
        /TS2322/,
      );
    },
  ));

test("types that it names are found in the notebook's node_modules", () =>
  withFiles(
    {
      "tsconfig.json": '{ "compilerOptions": { "types": ["widgets"] } }',
      "node_modules/@types/widgets/index.d.ts": "declare const widget: string;",
      "node_modules/@types/widgets/package.json": '{ "name": "@types/widgets", "version": "1.0.0" }',
    },
    async (notebook) => {
      expect((await notebook.errors("const n: number = widget"))[0]).toMatch(/TS2322/);
    },
  ));

test.each([
  { types: [] },
  { types: ["widgets"] },
  { types: ["widgets", "node"] },
  { types: ["*"] },
  { types: [], typeRoots: ["./types"] },
  { typeRoots: ["./types"] },
])("Node.js is known also with %o", (compilerOptions) =>
  withFiles(
    {
      "tsconfig.json": JSON.stringify({ compilerOptions }),
      "types/other/index.d.ts": "declare const other: string;",
      "node_modules/@types/widgets/index.d.ts": "declare const widget: string;",
      "node_modules/@types/widgets/package.json": '{ "name": "@types/widgets", "version": "1.0.0" }',
    },
    async (notebook) => {
      const code = 'import fs from "fs"; const log = console.log; typeof fs.readFileSync';
      expect(await notebook.run(code)).toMatchObject({ value: "function", compilation: { warnings: [] } });
    },
  ),
);

test("the types in the user's own folder count beside those of Node.js", () =>
  withFiles(
    {
      "tsconfig.json": '{ "compilerOptions": { "types": ["other"], "typeRoots": ["./types"] } }',
      "types/other/index.d.ts": "declare const other: string;",
    },
    async (notebook) => {
      expect((await notebook.errors("const n: number = other; process.pid"))[0]).toMatch(/TS2322/);
    },
  ));

test("unused variables, emit options and module settings of it don't stop a cell", () =>
  withFiles(
    {
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          noUnusedLocals: true,
          noUnusedParameters: true,
          module: "nodenext",
          moduleResolution: "nodenext",
          rootDir: "src",
          outDir: "dist",
          declaration: true,
          composite: true,
          verbatimModuleSyntax: true,
        },
        include: ["src"],
      }),
    },
    async (notebook) => {
      const { compilation } = await notebook.run(
        "import { sep } from 'node:path'; const unused = (a: number) => 1; await 1",
      );
      expect(compilation).toMatchObject({ ok: true, warnings: [] });
    },
  ));

test.each(["es5", "es2015", "es2016", "es2021"])(
  "what Node.js can do is no error where the target is %s",
  (target) =>
    withFiles(
      {
        "tsconfig.json": JSON.stringify({
          compilerOptions: { target, module: "commonjs", lib: ["dom", "dom.iterable", "esnext"] },
        }),
      },
      async (notebook) => {
        const { compilation } = await notebook.run("const n = await 10n; for await (const x of [n]) x");
        expect(compilation).toMatchObject({ ok: true, warnings: [] });
        expect(await notebook.value("await Promise.resolve([...new Map([[1, typeof Symbol()]])])")).toEqual([
          [1, "symbol"],
        ]);
      },
    ),
);

test.each([
  [{ target: "es2021" }, []],
  [{ target: "es2021", useDefineForClassFields: true }, ["field"]],
  [{ target: "es2022" }, ["field"]],
  [{ target: "es2022", useDefineForClassFields: false }, []],
  [{}, ["field"]],
])("class fields are what TypeScript makes of them with %o", (compilerOptions, expected) =>
  withFiles(
    {
      "tsconfig.json": JSON.stringify({ compilerOptions }),
    },
    async (notebook) => {
      expect(await notebook.value("class Own { field?: number }; Object.keys(new Own())")).toEqual(expected);
      expect(
        await notebook.value(
          "class Lowered { field?: number; accessor own = 1 }; Object.keys(new Lowered())",
        ),
      ).toEqual(expected);
      const early = "class Early { y = this.x; constructor(public x = 1) {} }; new Early().y";
      const { rejected, value } = await notebook.run(early);
      expect(rejected ? messages(rejected) : value).toEqual(
        expected.length > 0 ? [expect.stringMatching(/TS2729/)] : 1,
      );
    },
  ),
);

test("what lowered code calls need not be installed as tslib", () =>
  withFiles({ "tsconfig.json": '{ "compilerOptions": { "importHelpers": true } }' }, async (notebook) => {
    const code = "let end = 0; { using one = { [Symbol.dispose]() { end = 1 } } } end";
    expect(await notebook.value(code)).toBe(1);
  }));

test("a broken one is said once, with its place, and defaults are used", () =>
  withFiles(
    { "tsconfig.json": '{\n  "compilerOptions": { "strict": tru, "lib": ["es20222"]\n' },
    async (notebook) => {
      const first = await notebook.run("[1].at(0)");
      expect(first.value).toBe(1);
      expect(first.compilation.warnings.join("\n")).toMatch(/^tsconfig\.json:\d+:\d+: TS\d+: /);
      expect(first.compilation.warnings.at(-1)).toMatch(/default options/);
      const second = await notebook.run("function f(x) {}");
      expect(second.compilation.warnings).toEqual([]);
      expect(messages(second.rejected!)[0]).toMatch(/TS7006/);
    },
  ));

test("an option that TypeScript no longer has is said, and the others count", () =>
  withFiles(
    { "tsconfig.json": '{ "compilerOptions": { "baseUrl": ".", "strict": false } }' },
    async (notebook) => {
      const { compilation } = await notebook.run("function f(x) {}");
      expect(compilation.ok).toBe(true);
      expect(compilation.warnings).toEqual([expect.stringMatching(/^tsconfig\.json: TS5102: .*baseUrl/)]);
    },
  ));

test.each([
  ["itself", '{ "extends": "./tsconfig.json" }'],
  ["another that extends it", '{ "extends": "./base.json" }'],
])("one that extends %s is said, and defaults are used", (_, tsconfig) =>
  withFiles(
    { "tsconfig.json": tsconfig, "base.json": '{ "extends": "./tsconfig.json" }' },
    async (notebook) => {
      const { value, compilation } = await notebook.run("[1].at(0)");
      expect(value).toBe(1);
      expect(compilation.warnings).toEqual([
        expect.stringMatching(/^tsconfig\.json: TS18000: Circularity .*: a file that it extends extends it/),
        expect.stringMatching(/default options/),
      ]);
    },
  ),
);
