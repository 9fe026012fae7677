import { describe, expect, test } from "vitest";
import { result, text, traceback, useKernel } from "./kernel";

const kernel = useKernel();

async function shown(code: string): Promise<string> {
  return String(result(await kernel.run(code)));
}

function writeEsmPackage(): void {
  const manifest = { name: "esm", type: "module", exports: { types: "./index.d.ts", import: "./index.js" } };
  kernel.write("node_modules/esm/package.json", JSON.stringify(manifest));
  kernel.write("node_modules/esm/index.js", "export const a = 1; export default () => 'esm';");
  kernel.write(
    "node_modules/esm/index.d.ts",
    "export declare const a: number; declare const d: () => string; export default d;",
  );
}

describe("imports", () => {
  test("of a local file with the standard's decorators", async () => {
    kernel.write(
      "decorated.ts",
      `export const seen: string[] = [];
function mark(_: unknown, { kind, name, addInitializer }: ClassMethodDecoratorContext) {
  seen.push(kind, String(name));
  addInitializer(() => void seen.push("made"));
}
export class Marked { @mark m() {} }`,
    );
    expect(await shown('import { Marked, seen } from "./decorated"; new Marked(); seen')).toBe(
      "[ 'method', 'm', 'made' ]",
    );
  });

  test("of types, JSON, namespaces, require and for effect", async () => {
    kernel.write("data.json", '{ "rows": [1, 2] }');
    kernel.write("effect.js", "globalThis.effect = 1");
    kernel.write("plain.cjs", "module.exports = { c: 3 };");
    expect(
      await shown(
        'import type { Stats } from "node:fs"; import data from "./data.json" with { type: "json" }; import * as path from "node:path"; import plain = require("./plain.cjs"); import "./effect.js";\nlet stats: Stats | undefined; [data.rows, path.sep, plain.c, (globalThis as any).effect]',
      ),
    ).toBe("[ [ 1, 2 ], '/', 3, 1 ]");
    expect(await shown('(await import("./data.json", { with: { type: "json" } })).default.rows')).toBe(
      "[ 1, 2 ]",
    );
  });

  test("with attributes that Node.js does not know, or of another type, are errors as there", async () => {
    kernel.write("attributes.json", '{ "a": 1 }');
    kernel.write("attributes.ts", "export default 1;");
    const unknown = 'TypeError: Import attribute "type" with value "css" is not supported';
    expect(await shown('import css from "./attributes.json" with { type: "css" }')).toBe(unknown);
    expect(await shown('await import("./attributes.json", { with: { type: "css" } })')).toBe(unknown);
    expect(await shown('import "./attributes.ts" with { type: "json" }')).toBe(
      `TypeError: Module "file://${kernel.folder}/attributes.ts" is not of type "json"`,
    );
    expect(await shown('import json from "./attributes.json" with { type: "json" }; json.a')).toBe("1");
  });

  test("of .mts, .cts and .mjs files, also with await at their top", async () => {
    kernel.write("a.mts", "export const a: number = await Promise.resolve(1);");
    kernel.write("b.cts", "export const b: number = 2; export const folder = __dirname;");
    kernel.write("c.mjs", "export const c = await Promise.resolve(3);");
    expect(await shown('require("./a.mts")')).toBe(
      "Error: ./a.mts awaits at its top level, so it can't be required: import it",
    );
    expect(
      await shown(
        'import { a } from "./a.mjs"; import { b, folder } from "./b.cjs"; import { c } from "./c.mjs"; [a, b, folder === __dirname, c]',
      ),
    ).toBe("[ 1, 2, true, 3 ]");
  });

  test("of packages in ES modules only, by cells and by local modules, also dynamically", async () => {
    writeEsmPackage();
    kernel.write(
      "uses.ts",
      'import hello, { a } from "esm"; export const both = [hello(), a]; export const lazy = () => import("esm"); export * from "esm";',
    );
    expect(
      await shown(
        'import hello from "esm"; import { both, lazy, a } from "./uses"; [hello(), both, (await lazy()).a, a]',
      ),
    ).toBe("[ 'esm', [ 'esm', 1 ], 1, 1 ]");
  });

  test("dynamic, of a computed specifier, of ES and CommonJS modules", async () => {
    writeEsmPackage();
    kernel.write("plain.cjs", "module.exports = { c: 3 };");
    expect(
      await shown(
        'const load = (name: string) => import(name); [(await load("es" + "m")).a, (await load("./plain.cjs")).c, typeof (await load("node:fs")).statSync]',
      ),
    ).toBe("[ 1, 3, 'function' ]");
  });

  test("of a local file that changed bring the new version", async () => {
    kernel.write("mod.ts", "export const version = 1;");
    expect(await shown('import { version } from "./mod"; version')).toBe("1");
    kernel.write("mod.ts", "export const version = 'two';");
    expect(await shown('import { version } from "./mod"; version.length')).toBe("3");
  });

  test("at once of the same module that awaits get the same instance", async () => {
    kernel.write("slow.ts", "await new Promise((r) => setTimeout(r, 20)); export const made = {};");
    expect(
      await shown(
        'const both = await Promise.all([import("./slow"), import("./slow")]); both[0]!.made === both[1]!.made',
      ),
    ).toBe("true");
  });
});

describe("a missing module", () => {
  test("is named, with the folder that was searched, before the cell runs", async () => {
    expect(await shown('import x from "./nowhere/x"')).toContain(
      `Cannot find module './nowhere/x' or its corresponding type declarations. There is no such file in ${kernel.folder}/nowhere.`,
    );
    expect(await shown('import y from "@no/such/part"')).toContain(
      `No folder node_modules in ${kernel.folder} or above has it: npm install @no/such.`,
    );
  });

  test("is named at run time too", async () => {
    const package_ = `Cannot find module "nopkg", imported by this cell: no folder node_modules in ${kernel.folder} or above has it`;
    expect(await shown('await import("nopkg" as string)')).toBe(`Error: ${package_}`);
    expect(await shown('require("nopkg")')).toBe(`Error: ${package_}`);
    expect(await shown('require.resolve("nopkg")')).toBe(`Error: ${package_}`);
    expect(await shown('require("./nowhere")')).toBe(
      `Error: Cannot find module "./nowhere", imported by this cell: there is no such file in ${kernel.folder}`,
    );
  });

  test("without types says what to do", async () => {
    kernel.write("node_modules/untyped/package.json", '{ "name": "untyped" }');
    kernel.write("node_modules/untyped/index.js", "exports.u = 1;");
    expect(await shown('import { u } from "untyped"')).toContain(
      'npm install @types/untyped), or take it without types: require("untyped")',
    );
    expect(await shown('require("untyped").u')).toBe("1");
  });
});

describe("a cell as a module", () => {
  test("export is a plain declaration; export default shows its expression", async () => {
    await kernel.run(
      "export const ex = 1; export type ET = string; export enum EE { A }; export default class EC { c = 2 }",
    );
    expect(await shown("const et: ET = 'x'; export default [ex, et, EE.A, new EC().c]")).toBe(
      "[ 1, 'x', 0, 2 ]",
    );
  });

  test("has import.meta with url, filename, dirname and resolve", async () => {
    const cell = await kernel.run('[import.meta.dirname, import.meta.filename, import.meta.resolve("fs")]');
    expect(result(cell)).toContain(`'${kernel.folder}',`);
    expect(result(cell)).toContain(`'${kernel.folder}/cell-${cell.executionCount}.ts'`);
    expect(result(cell)).toContain("'node:fs'");
  });

  test("has require, module, exports, __dirname and __filename, as Node.js' REPL", async () => {
    expect(await shown("[__dirname, require.main === module, module.exports === exports]")).toBe(
      `[ '${kernel.folder}', true, true ]`,
    );
  });
});

describe("tsconfig.json", () => {
  const untyped = (name: string) => `function ${name}(x) { return x }`;

  test("is taken in by the next cell, with those that it extends", async () => {
    expect(await shown(untyped("f0"))).toContain("TS7006");
    kernel.write("tsconfig.json", '{ "extends": "./base.json" }');
    kernel.write("base.json", '{ "compilerOptions": { "strict": false } }');
    await kernel.run("const kept = 5");
    expect(await shown(`${untyped("f1")}\nf1(kept)`)).toBe("5");
    kernel.write("base.json", '{ "compilerOptions": { "strict": true } }');
    expect(await shown(untyped("f2"))).toContain("TS7006");
  });

  test("that is broken is told with its place, and the defaults hold until it is corrected", async () => {
    kernel.write("tsconfig.json", '{\n  "compilerOptions": { "strict": fals }\n}');
    const first = await kernel.run("kept + 1");
    expect(result(first)).toBe("6");
    expect(text(first, "stderr")).toMatch(
      /^tsconfig\.json:2:34: TS1328: .*\nUntil tsconfig\.json is corrected, cells are checked with the default options\.\n$/,
    );
    expect(text(await kernel.run("kept"), "stderr")).toBe("");
    expect(await shown(untyped("f3"))).toContain("TS7006");
    kernel.write("tsconfig.json", '{ "compilerOptions": { "strict": false } }');
    expect(await shown(`${untyped("f4")}\nf4(1)`)).toBe("1");
  });
});

test("an error in a local module is shown in the module's own lines", async () => {
  kernel.write(
    "thrower.ts",
    "type T = { a: number };\n\nexport const fail = (t: T): never => {\n  throw new RangeError('got ' + t.a, { cause: new Error('why') });\n};\n",
  );
  const failed = await kernel.run('import { fail } from "./thrower";\nfail({ a: 3 })');
  expect(traceback(failed)).toMatch(
    /RangeError: got 3\n\.\/thrower\.ts:4:9\n[\s\S]*Caused by:\n {2}Error: why\n {2}\.\/thrower\.ts:4:/,
  );
});
