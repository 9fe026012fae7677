import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { result, useKernel } from "./kernel";

const kernel = useKernel();
const shown = async (code: string) => String(result(await kernel.run(code)));
const configure = (paths: Record<string, string[]>) =>
  kernel.write("tsconfig.json", JSON.stringify({ compilerOptions: { paths } }));

describe("paths of tsconfig.json", () => {
  beforeAll(() => configure({ "@lib/*": ["./gone/*", "./src/*"], "@main": ["./packages/main"] }));

  test("lead imports of cells and of local modules to files", async () => {
    kernel.write("src/inner.ts", "export const inner = 2;");
    kernel.write("src/outer.ts", 'import { inner } from "@lib/inner"; export const both = [1, inner];');
    kernel.write("src/plain.js", 'exports.plain = require("@lib/inner").inner;');
    kernel.write("src/data.json", "[5]");
    expect(
      await shown(
        'import { both } from "@lib/outer"; import { plain } from "@lib/plain"; import data from "@lib/data.json"; [both, plain, data]',
      ),
    ).toBe("[ [ 1, 2 ], 2, [ 5 ] ]");
  });

  test("count for import(), require and the resolve of both", async () => {
    kernel.write("src/found.ts", "export const found = 1;");
    const file = `${kernel.folder}/src/found.ts`;
    expect(
      await shown(
        '[(await import("@lib/found")).found, require("@lib/found").found, require.resolve("@lib/found")].join()',
      ),
    ).toBe(`'1,1,${file}'`);
    expect(await shown('import.meta.resolve("@lib/found")')).toBe(`'${pathToFileURL(file)}'`);
  });

  test("may lead to a folder with a package.json", async () => {
    kernel.write("packages/main/package.json", '{ "name": "main", "main": "lib/start.js" }');
    kernel.write("packages/main/lib/start.js", "exports.started = 8;");
    kernel.write("packages/main/lib/start.d.ts", "export declare const started: number;");
    expect(await shown('import { started } from "@main"; started')).toBe("8");
  });

  test("reload what changed, with its new types", async () => {
    kernel.write("src/deep.ts", "export const deep = 1;");
    kernel.write("src/top.ts", 'export { deep } from "@lib/deep";');
    expect(await shown('import { deep } from "@lib/top"; deep')).toBe("1");
    kernel.write("src/deep.ts", "export const deep = 'changed';");
    expect(await shown('import { deep } from "@lib/top"; deep.length')).toBe("7");
  });

  test("that lead nowhere say so", async () => {
    expect(await shown('import { nope } from "@lib/nope"')).toContain(
      `By paths in tsconfig.json it is ${kernel.folder}/gone/nope or ${kernel.folder}/src/nope, but there is no such file.`,
    );
  });

  test("are not asked for what Node.js has", async () => {
    configure({ "*": ["./src/*"] });
    kernel.write("src/fs.ts", "export const statSync = 1;");
    kernel.write("src/uses-fs.ts", 'import { statSync } from "fs"; export const kind = typeof statSync;');
    expect(await shown('import { kind } from "uses-fs"; [kind, typeof require("fs").statSync]')).toBe(
      "[ 'function', 'function' ]",
    );
  });

  test("that lead to types alone leave the package as it is", async () => {
    configure({ typed: ["./types/typed.d.ts"], "only/*": ["./types/*"] });
    kernel.write("types/typed.d.ts", "export declare const v: number;");
    kernel.write("types/shapes.d.ts", "export type Shape = number;");
    kernel.write("node_modules/typed/index.js", "exports.v = 7;");
    kernel.write(
      "uses-types.ts",
      'import type { Shape } from "only/shapes"; import { v } from "typed"; export const shape: Shape = v;',
    );
    expect(await shown('import { v } from "typed"; import { shape } from "./uses-types"; [v, shape]')).toBe(
      "[ 7, 7 ]",
    );
  });

  test("that change load anew what they lead to", async () => {
    kernel.write("one/part.ts", "export const part = 'one';");
    kernel.write("two/part.ts", "export const part = 'two';");
    kernel.write("whole.ts", 'export { part } from "#part";');
    configure({ "#part": ["./one/part.ts"] });
    expect(await shown('import { part } from "./whole"; part')).toBe("'one'");
    configure({ "#part": ["./two/part.ts"] });
    expect(await shown('import { part } from "./whole"; part')).toBe("'two'");
  });

  test("are relative to the file that sets them, also by extends", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it stands so in tsconfig.json
    const paths = { "#base/*": ["./*"], "#own/*": ["${configDir}/own/*"] };
    kernel.write("base/tsconfig.base.json", JSON.stringify({ compilerOptions: { paths } }));
    kernel.write("tsconfig.json", '{ "extends": "./base/tsconfig.base.json" }');
    kernel.write("base/b.ts", "export const b = 'base';");
    kernel.write("own/o.ts", "export const o = 'own';");
    expect(await shown('import { b } from "#base/b"; import { o } from "#own/o"; [b, o]')).toBe(
      "[ 'base', 'own' ]",
    );
  });
});
