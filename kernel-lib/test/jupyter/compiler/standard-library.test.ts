import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkerExecutable } from "../../../src/jupyter/compiler/checker-server";
import { StandardLibrary } from "../../../src/jupyter/compiler/standard-library";
import { emptyFolder, messages, type Notebook, withFiles } from "./notebook";

const usesDom = "/// <reference lib='dom' />\nexport declare const title: typeof document.title;\n";
const tsconfig = (compilerOptions: object) => ({ "tsconfig.json": JSON.stringify({ compilerOptions }) });

const problems = async (notebook: Notebook, code: string) => {
  const { rejected } = await notebook.run(code);
  return rejected ? messages(rejected) : [];
};

/** The files that TypeScript itself takes for these libraries, in its order. */
function filesOfTypeScript(libs: string): string[] {
  const cwd = emptyFolder();
  writeFileSync(path.join(cwd, "empty.ts"), "");
  const options = ["--listFilesOnly", "--lib", libs, "--types", "", "empty.ts"];
  const listed = execFileSync(checkerExecutable(), options, { cwd, encoding: "utf8" }).split(/\r?\n/);
  return listed.map((one) => path.basename(one)).filter((one) => one.startsWith("lib."));
}

/** `es5`, `dom`, `es2015`… of a file's name. */
const part = (file: string) => file.split(".")[1]!;

/** A part once where several of its files follow each other; collections of references declare nothing. */
function order(files: readonly string[]): string[] {
  const parts = files
    .filter((file) => file.split(".").length > 4 || /es5|dom|worker|script/.test(file))
    .map(part);
  return parts.filter((one, index) => one !== parts[index - 1]);
}

test.each([
  "es2023",
  "es2022,dom",
  "esnext",
  "es6,webworker",
  "es5,es2015.iterable,dom.iterable",
  "es2015.promise,es5,es2015.iterable",
])("the libraries of %s are TypeScript's, in its order", (libs) => {
  const theirs = filesOfTypeScript(libs);
  const { files, text } = new StandardLibrary(libs.split(","));
  expect([...files].sort()).toEqual([...theirs].sort());
  expect(order(files)).toEqual(order(theirs));
  expect(text).not.toMatch(/<reference lib/);
});

test("a feature that left esnext is found in its year", () => {
  expect(new StandardLibrary(["esnext.bigint"]).files).toContain("lib.es2020.bigint.d.ts");
  expect(new StandardLibrary(["ES7"]).files).toContain("lib.es2016.array.include.d.ts");
  expect(new StandardLibrary(["esnext.nothing", "nothing"]).files).toEqual([]);
});

test("a package brings the libraries that it refers to, from the cell on that imports it", () =>
  withFiles(
    {
      "node_modules/page/package.json": '{ "name": "page", "version": "1.0.0", "types": "index.d.ts" }',
      "node_modules/page/index.d.ts": usesDom,
      "node_modules/page/index.js": "exports.title = '';",
    },
    async (notebook) => {
      expect((await problems(notebook, "let e: HTMLElement"))[0]).toMatch(/TS2304/);
      const own = "import { title } from 'page'; const n: number = title; let e: HTMLElement";
      expect(await problems(notebook, own)).toEqual([expect.stringMatching(/TS2322/)]);
      expect(await problems(notebook, "let f: HTMLElement; [1].toSorted()")).toEqual([]);
    },
  ));

test("a module of the user's does so too, when it is changed as well", () =>
  withFiles({ "page.ts": "export const size = 1;" }, async (notebook) => {
    expect(await problems(notebook, "import { size } from './page'")).toEqual([]);
    notebook.write(
      "page.ts",
      '/// <reference lib="dom" />\nexport const size = (e: Element) => e.id.length;',
    );
    expect(await problems(notebook, "import { size } from './page'; let e: Element")).toEqual([]);
  }));

test("types that the tsconfig.json names do so from the start", () =>
  withFiles(
    {
      ...tsconfig({ types: ["page"] }),
      "node_modules/@types/page/package.json": '{ "name": "@types/page", "version": "1.0.0" }',
      "node_modules/@types/page/index.d.ts": usesDom,
    },
    async (notebook) => {
      expect(await problems(notebook, "let e: HTMLElement")).toEqual([]);
    },
  ));

test("without a library there is none", () =>
  withFiles(tsconfig({ noLib: true, types: [] }), async (notebook) => {
    expect((await problems(notebook, "[1].at(0)")).join()).toMatch(/TS2339/);
  }));

test.each(["es2025", "esnext", "es2022,es2025.iterator"])(
  "what %s has is known, although a file of it is a module",
  (libs) =>
    withFiles(tsconfig({ lib: libs.split(",") }), async (notebook) => {
      expect(await problems(notebook, "new Map([[Symbol('a'), Promise.resolve([1].at(0))]])")).toEqual([]);
      expect(await problems(notebook, "[1].values().map((one) => one.toFixed()).toArray()")).toEqual([]);
      const own =
        "class Up extends Iterator<string> { next() { return { done: true, value: undefined } as const } }";
      expect(await problems(notebook, `${own}; const all: number = new Up().toArray()`)).toEqual([
        expect.stringMatching(/TS2322.*'string\[\]'/),
      ]);
    }),
);

test("the checker sees to one that packages replace", () =>
  withFiles(tsconfig({ libReplacement: true, lib: ["es2022"] }), async (notebook) => {
    expect(await problems(notebook, "[1].at(0)")).toEqual([]);
    expect((await problems(notebook, "[1].toSorted()"))[0]).toMatch(/TS2550/);
  }));

test("a hint names the library that has what is missing", () =>
  withFiles({}, async (notebook) => {
    expect((await problems(notebook, "document.title"))[0]).toMatch(/TS2584.*'dom'/);
    expect((await problems(notebook, "new Set([1]).union(new Set([2]))"))[0]).toMatch(/TS2550.*'es2025'/);
  }));
