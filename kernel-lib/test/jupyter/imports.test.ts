import { describe, expect, test } from "vitest";
import { result, text, traceback, useKernel } from "./kernel";

const kernel = useKernel();

function writePackage(name: string, manifest: object, files: Record<string, string>): void {
  kernel.write(`node_modules/${name}/package.json`, JSON.stringify({ name, ...manifest }));
  for (const [file, source] of Object.entries(files)) kernel.write(`node_modules/${name}/${file}`, source);
}

describe("a package", () => {
  test("in CommonJS has its exports by name, as default and as namespace", async () => {
    writePackage(
      "cjs",
      { types: "index.d.ts" },
      {
        "index.js": "module.exports = { a: 1, f: () => 2 };",
        "index.d.ts": "declare const m: { a: number; f(): number }; export = m;",
      },
    );
    const code =
      'import cjs, { a, f } from "cjs"; import * as all from "cjs"; [cjs.a, a, f(), all.a, (all as any).default === cjs]';
    expect(result(await kernel.run(code))).toBe("[ 1, 1, 2, 1, true ]");
  });

  test("compiled from ES modules keeps its own default", async () => {
    writePackage(
      "compiled",
      { types: "index.d.ts" },
      {
        "index.js":
          'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = "own"; exports.named = "n";',
        "index.d.ts": "declare const d: string; export default d; export const named: string;",
      },
    );
    expect(result(await kernel.run('import d, { named } from "compiled"; [d, named]'))).toBe(
      "[ 'own', 'n' ]",
    );
  });

  test("in ES modules only, with top-level await, is imported", async () => {
    writePackage(
      "esm",
      { type: "module", exports: { import: "./index.js", types: "./index.d.ts" }, types: "index.d.ts" },
      {
        "index.js": 'export const a = await Promise.resolve(1); export default "d";',
        "index.d.ts": "export const a: number; declare const d: string; export default d;",
      },
    );
    expect(result(await kernel.run('import d, { a } from "esm"; [d, a]'))).toBe("[ 'd', 1 ]");
    expect(result(await kernel.run('(await import("esm")).a'))).toBe("1");
  });

  test("in both is the CommonJS one, as libraries load it too", async () => {
    writePackage(
      "dual",
      {
        types: "index.d.ts",
        exports: { types: "./index.d.ts", import: "./index.mjs", require: "./index.cjs" },
      },
      {
        "index.mjs": 'export const kind = "esm";',
        "index.cjs": 'exports.kind = "cjs";',
        "index.d.ts": "export const kind: string;",
      },
    );
    expect(result(await kernel.run('import { kind } from "dual"; kind'))).toBe("'cjs'");
    expect(result(await kernel.run('require("dual").kind'))).toBe("'cjs'");
  });

  test("built into Node.js is imported with and without node:", async () => {
    expect(
      result(
        await kernel.run(
          'import { join } from "node:path"; import fs from "fs"; [join("a", "b"), typeof fs.readFileSync]',
        ),
      ),
    ).toBe("[ 'a/b', 'function' ]");
  });

  test("that is missing is an error that names it", async () => {
    const failed = await kernel.run('import x from "no-such-package"');
    expect(failed.reply.status).toBe("error");
    expect(traceback(failed)).toContain("no-such-package");
    const atRunTime = await kernel.run('await import("no-such" + "-package")');
    expect(atRunTime.reply.evalue).toContain('Cannot find module "no-such-package", imported by this cell');
    expect(result(await kernel.run("1"))).toBe("1");
  });
});

describe("a local module", () => {
  test("in TypeScript is found without extension, by .js, .ts-less folder and from the notebook's folder", async () => {
    kernel.write("lib/plain.ts", "export const plain: number = 1;");
    kernel.write("lib/folder/index.ts", "export const folder: number = 2;");
    const code =
      'import { plain } from "./lib/plain"; import { plain as again } from "./lib/plain.js"; import { folder } from "./lib/folder"; [plain, again, folder]';
    expect(result(await kernel.run(code))).toBe("[ 1, 1, 2 ]");
    expect(result(await kernel.run('require("./lib/plain").plain'))).toBe("1");
  });

  test("is the same instance until it changes, and then is loaded anew", async () => {
    kernel.write("counter.ts", "export const state = { count: 0 };");
    await kernel.run('import { state } from "./counter"; state.count = 5');
    expect(result(await kernel.run('import { state as same } from "./counter"; same.count'))).toBe("5");
    kernel.write("counter.ts", "export const state = { count: 0, version: 2 };");
    expect(result(await kernel.run('import { state as fresh } from "./counter"; fresh'))).toBe(
      "{ count: 0, version: 2 }",
    );
  });

  test("is loaded anew when something that it imports indirectly changes", async () => {
    kernel.write("a.ts", 'import { b } from "./b"; export const a = () => "a" + b();');
    kernel.write("b.ts", 'import data from "./c.json"; export const b = () => "b" + data.c;');
    kernel.write("c.json", '{ "c": 1 }');
    expect(result(await kernel.run('import { a } from "./a"; a()'))).toBe("'ab1'");
    kernel.write("c.json", '{ "c": 2 }');
    expect(result(await kernel.run('import { a as changed } from "./a"; changed()'))).toBe("'ab2'");
  });

  test("may import itself in a circle", async () => {
    kernel.write(
      "even.ts",
      'import { odd } from "./odd"; export const even = (n: number): boolean => n === 0 || odd(n - 1);',
    );
    kernel.write(
      "odd.ts",
      'import { even } from "./even"; export const odd = (n: number): boolean => n !== 0 && even(n - 1);',
    );
    expect(result(await kernel.run('import { even } from "./even"; even(10)'))).toBe("true");
  });

  test("has its own lines in errors and in the stacks it prints", async () => {
    kernel.write(
      "thrower.ts",
      "type T = { a: number };\n\nexport function fail(t: T): never {\n  throw new RangeError('got ' + t.a);\n}\nexport const stack = (): string => new Error('here').stack!;\n",
    );
    const failed = await kernel.run('import { fail, stack } from "./thrower";\nfail({ a: 3 })');
    expect(failed.reply).toMatchObject({ ename: "RangeError", evalue: "got 3" });
    expect(traceback(failed)).toContain("./thrower.ts:4:9\n");
    expect(traceback(failed)).toContain("> 4 |   throw new RangeError('got ' + t.a);");
    expect(traceback(failed)).toContain(`at cell[${failed.executionCount}]:2:1`);
    expect(text(await kernel.run("console.log(stack())"))).toContain("./thrower.ts:6:36");
  });

  test("that is broken is an error with file, line and column; once repaired it works", async () => {
    kernel.write("broken.js", "export const a = 1;\nexport const = 2;\n");
    kernel.write("broken.d.ts", "export const a: number;");
    const failed = await kernel.run('import { a } from "./broken.js"; a');
    expect(failed.reply.ename).toBe("SyntaxError");
    expect(failed.reply.evalue).toContain("./broken.js:2:14");
    expect(traceback(failed)).toContain("> 2 | export const = 2;");
    kernel.write("broken.js", "export const a = 1;\n");
    expect(result(await kernel.run('import { a } from "./broken.js"; a'))).toBe("1");
  });

  test("that throws while it loads is tried again by the next import", async () => {
    kernel.write(
      "flaky.ts",
      "declare const globalThis: { ready?: boolean };\nif (!globalThis.ready) throw new Error('not yet');\nexport const ok = true;",
    );
    expect((await kernel.run('import { ok } from "./flaky"')).reply).toMatchObject({ evalue: "not yet" });
    expect(
      result(
        await kernel.run('(globalThis as any).ready = true; const { ok } = await import("./flaky"); ok'),
      ),
    ).toBe("true");
  });

  test("that imports what is missing is an error that names both", async () => {
    kernel.write("lost.js", 'exports.a = require("./nowhere");');
    kernel.write("lost.d.ts", "export const a: number;");
    const failed = await kernel.run('import { a } from "./lost.js"; a');
    expect(failed.reply.evalue).toContain('Cannot find module "./nowhere", imported by ./lost.js');
  });

  test("of data is imported as JSON", async () => {
    kernel.write("data.json", '{ "rows": [1, 2] }');
    expect(result(await kernel.run('import data from "./data.json" with { type: "json" }; data.rows'))).toBe(
      "[ 1, 2 ]",
    );
  });
});
