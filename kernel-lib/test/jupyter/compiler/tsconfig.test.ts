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
      expect((await notebook.errors("process.exit"))[0]).toMatch(/TS2580|TS2591/);
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
