import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { messages, Notebook } from "./notebook";

let notebook: Notebook;
beforeAll(async () => {
  notebook = await Notebook.open({
    "shapes.ts":
      "export interface Shape { sides: number }\nexport const square: Shape = { sides: 4 };\nexport default class Circle {}\n",
    "only-types.ts": "export interface Foo { f: number }\nexport type Bar = string;\n",
    "data.json": '{ "list": [1, 2] }',
    "lib/base.ts": "export const base = 1;\n",
    "middle.ts": "import { base } from './lib/base';\nexport const middle: number = base;\n",
  });
});
beforeEach(() => {
  notebook.imports.length = 0;
});
afterAll(() => notebook.close());

const value = (code: string) => notebook.value(code);
const errors = (code: string) => notebook.errors(code);

describe("imports of packages", () => {
  test("namespace, default, named and renamed", async () => {
    await value(`import * as path from "node:path";
import os, { cpus, type CpuInfo } from "node:os";
import { sep as separator, "join" as glue } from "node:path";`);
    expect(notebook.imports).toEqual([
      ["node:path", "static"],
      ["node:os", "static"],
      ["node:path", "static"],
    ]);
    expect(
      await value("typeof cpus + (os.cpus === cpus) + separator + glue('a', path.basename('/x/b'))"),
    ).toBe("functiontrue/a/b");
    expect((await errors("path.joint('a')"))[0]).toMatch(/TS2551 .*Did you mean 'join'/);
    expect(await value("const info: CpuInfo | undefined = undefined; info === undefined")).toBe(true);
  });

  test("import x = require()", async () => {
    await value("import files = require('node:fs')");
    expect(await value("typeof files.readFileSync")).toBe("function");
    expect((await errors("files.readNothing"))[0]).toMatch(/TS2339/);
  });

  test("dynamic import()", async () => {
    expect(await value("const lazy = await import('node:path'); lazy.basename('/a/b')")).toBe("b");
    expect(
      await value(
        "const data = await import('./data.json', { with: { type: 'json' } }); data.default.list[1]",
      ),
    ).toBe(2);
    expect(notebook.imports).toEqual([
      ["node:path", "dynamic"],
      ["./data.json", "dynamic", { type: "json" }],
    ]);
  });

  test("a package that is not there is an error at its name", async () => {
    expect(await errors("import nothing from 'no-such-package'")).toEqual([
      expect.stringMatching(/^TS2307 cell\[\d+\]:1:21 Cannot find module 'no-such-package'/),
    ]);
  });
});

describe("imports of local modules", () => {
  test("values are imported, names that are only types are not", async () => {
    expect(
      await value("import Circle, { square, Shape } from './shapes'; const s: Shape = square; s.sides"),
    ).toBe(4);
    expect(notebook.imports).toEqual([["./shapes", "static"]]);
    expect(await value("let round: Circle | undefined; const again: Shape = square; again.sides")).toBe(4);
  });

  test("a module from which only types come is not loaded", async () => {
    await value(
      "import { Foo, Bar } from './only-types'; import type { Shape } from './shapes'; let foo: Foo = { f: 1 }",
    );
    expect(notebook.imports).toEqual([]);
    expect(await value("const bar: Bar = 'b'; bar + foo.f")).toBe("b1");
  });

  test("a module imported for its effect is loaded", async () => {
    await value("import './shapes'");
    expect(notebook.imports).toEqual([["./shapes", "static"]]);
  });

  test("JSON with its type", async () => {
    await value("import data from './data.json' with { type: 'json' }");
    expect(notebook.imports).toEqual([["./data.json", "static", { type: "json" }]]);
    expect(await value("data.list.length")).toBe(2);
    expect((await errors("data.none"))[0]).toMatch(/TS2339/);
  });

  test("export from another module loads it", async () => {
    await value("export * from './shapes'; export { square as other } from './shapes'");
    expect(notebook.imports.map(([specifier]) => specifier)).toEqual(["./shapes", "./shapes"]);
  });

  test("are checked as they are on disk now", async () => {
    notebook.write("changing.ts", "export const setting = 1;\n");
    expect(await value("import { setting } from './changing'; setting.toFixed()")).toBe("1");
    notebook.write("changing.ts", "export const setting = 'text';\n");
    expect(await value("import { setting } from './changing'; setting.toUpperCase()")).toBe("TEXT");
    expect((await errors("import { added } from './later'"))[0]).toMatch(/TS2307/);
    notebook.write("later.ts", "export const added = 3;\n");
    expect(await value("import { added } from './later'; added")).toBe(3);
  });

  test("an error in a module that is reached stops the cell and shows the module", async () => {
    notebook.write("lib/base.ts", "// changed\nexport const base = 'text';\n");
    const { rejected } = await notebook.run("import { middle } from './middle'");
    expect(messages(rejected!)).toEqual([
      "TS2322 middle.ts:2:14 Type 'string' is not assignable to type 'number'.",
    ]);
    expect(rejected!.diagnostics[0]!.frame).toContain("> 2 | export const middle: number = base;");
    expect(await value("1 + 1")).toBe(2);
    notebook.write("lib/base.ts", "export const base = 2;\n");
    await notebook.run("import { middle } from './middle'");
    expect((await errors("const text: string = middle"))[0]).toMatch(/TS2322/);
  });

  test("a syntax error in a module is shown too", async () => {
    notebook.write("broken.ts", "export const = 1;\n");
    expect((await errors("import './broken'"))[0]).toMatch(/^TS1134 broken.ts:1:14 /);
  });
});
