import { describe, expect, test } from "vitest";
import { result, traceback, useKernel } from "./kernel";

const kernel = useKernel();
const shown = async (code: string) => String(result(await kernel.run(code)));
const configure = (options: object) =>
  kernel.write("tsconfig.json", JSON.stringify({ compilerOptions: options }));

describe("a local module in TypeScript is emitted as cells are", () => {
  const seen = "const seen: unknown[] = []; const see = (...args: unknown[]) => void seen.push(args.length);";

  test("with decorators of the standard, or the older ones by experimentalDecorators", async () => {
    kernel.write("decorated.ts", `${seen} export class Marked { @see m() {} } export { seen };`);
    const cell = (n: number) =>
      `import { seen as s${n} } from "./decorated"; ${seen} class A { @see m() {} }\n[s${n}, seen]`;
    expect(await shown(cell(1))).toBe("[ [ 2 ], [ 2 ] ]");
    configure({ experimentalDecorators: true });
    expect(await shown(cell(2))).toBe("[ [ 3 ], [ 3 ] ]");
    configure({});
    expect(await shown(cell(3))).toBe("[ [ 2 ], [ 2 ] ]");
  });

  test("with the types of what is decorated by emitDecoratorMetadata", async () => {
    const code = `const types: unknown[] = [];
(Reflect as any).metadata = (key: string, type: unknown) => () => void types.push(key, type);
const mark = (..._: unknown[]) => {};
class A { @mark n: number = 1 }`;
    kernel.write("typed.ts", `${code}\nexport { types };`);
    const cell = (n: number) =>
      `import { types as t${n} } from "./typed"; ${code}\nJSON.stringify([t${n}, types].map((all) => all.map(String)))`;
    configure({ experimentalDecorators: true });
    expect(await shown(cell(1))).toBe("'[[],[]]'");
    configure({ experimentalDecorators: true, emitDecoratorMetadata: true });
    const types = '["design:type","function Number() { [native code] }"]';
    expect(await shown(cell(2))).toBe(`'[${types},${types}]'`);
  });

  test("with fields that are defined, or assigned without useDefineForClassFields", async () => {
    const code = `const set: string[] = [];
class Base { set field(value: string) { set.push(value); } }
// @ts-expect-error A field takes the place of an accessor.
class A extends Base { field = "x"; }
new A();`;
    kernel.write("fields.ts", `${code}\nexport { set };`);
    const cell = (n: number) => `import { set as s${n} } from "./fields"; ${code}\n[s${n}, set]`;
    configure({});
    expect(await shown(cell(1))).toBe("[ [], [] ]");
    configure({ useDefineForClassFields: false });
    expect(await shown(cell(2))).toBe("[ [ 'x' ], [ 'x' ] ]");
  });
});

test("a syntax error far to the right in a local module is an error of its importer, and the kernel lives on", async () => {
  await kernel.run('let kept = "state"');
  kernel.write(
    "wide.ts",
    `export const a = 1;\nexport const b = ${JSON.stringify("x".repeat(70_000))}; let let = 1;`,
  );
  const failed = await kernel.run('await import("./wide" as string)');
  expect(failed.reply).toMatchObject({ ename: "SyntaxError" });
  expect(failed.reply.evalue).toMatch(/^\.\/wide\.ts:2:700\d\d: /);
  const lines = traceback(failed).split("\n");
  expect(lines).toContainEqual(expect.stringMatching(/^> 2 \| …x+"; let let = 1;$/));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(300);
  expect(await shown("kept")).toBe("'state'");
});

test("a module with decorators does not load what it imports only as a type", async () => {
  kernel.write("only-types.d.ts", "export interface Y { a: number }\n");
  const mark = "const mark = <T>(c: T, x: ClassDecoratorContext): void => {};";
  kernel.write(
    "uses-types.ts",
    `import { Y } from "./only-types";\n${mark}\n@mark export class Uses { y: Y = { a: 1 } }\n`,
  );
  expect(result(await kernel.run('import { Uses } from "./uses-types"; new Uses().y.a'))).toBe("1");
});
