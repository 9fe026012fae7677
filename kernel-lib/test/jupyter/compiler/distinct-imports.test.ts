import { expect, test } from "vitest";
import { withFiles } from "./notebook";

const types = (type: string) => `declare function f(): ${type};\nexport = f;\n`;
const conditions = (mode: string) => ({ types: `./${mode}.d.ts`, default: "./index.cjs" });

/** A package whose types are others for `import` than for `require`. */
const files = {
  "node_modules/both/package.json": JSON.stringify({
    name: "both",
    exports: { import: conditions("import"), require: conditions("require") },
  }),
  "node_modules/both/index.cjs": "module.exports = () => 1;\n",
  "node_modules/both/import.d.ts": types("1"),
  "node_modules/both/require.d.ts": types("2"),
};

const byImport = "import type A from 'both'; let a: ReturnType<typeof A> = 1";
const byRequire = "import B = require('both'); let b: ReturnType<typeof B> = 2";
const asImport = `import type C from "both" with { "resolution-mode": "import" }; let c: ReturnType<typeof C> = 1`;
const asRequire = `import type D from "both" with { "resolution-mode": "require" }; let d: ReturnType<typeof D> = 2`;

test.each([
  ["import, require", [byImport, byRequire, byRequire, byImport]],
  ["require, import", [byRequire, byImport]],
  ["resolution-mode", [asImport, asRequire, byImport, asRequire]],
])("a package is found in both ways, in one cell after the other: %s", (_, cells) =>
  withFiles(files, async (notebook) => {
    for (const cell of cells) await notebook.value(cell);
  }),
);

test("imports whose specifiers are templates are told apart", () =>
  withFiles({ "a.ts": "export const a = 1;\n", "b.ts": "export const b = 2;\n" }, async (notebook) => {
    await notebook.value("const { a } = await import(`./a`)");
    expect(await notebook.value("const { b } = await import(`./b`); a + b")).toBe(3);
  }));

test("completion finds it too", () =>
  withFiles(files, async ({ compiler }) => {
    const completions = async (code: string) =>
      (await compiler.complete(code, code.length)).matches.map(({ text }) => text);
    expect(await completions("import A from 'both'; A().toF")).toContain("toFixed");
    expect(await completions("import A = require('both'); A().toF")).toContain("toFixed");
  }));
