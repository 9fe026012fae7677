import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { startKernel } from "../../src/jupyter/client";
import { argv, emptyFolder, result, useKernel } from "./kernel";

const kernel = useKernel();
const main = resolve(__dirname, "../../dist/index.js");

test("a folder without packages has the kernel's own kernel-lib, with its types, in cells and in files", async () => {
  kernel.write("own.ts", 'import { rng } from "kernel-lib"; export const next: number = rng(1)();');
  expect(result(await kernel.run('import { rng, slider } from "kernel-lib"; typeof slider'))).toBe(
    "'function'",
  );
  expect(result(await kernel.run("const text: string = rng(1)"))).toContain("Type 'Rng' is not assignable");
  expect(result(await kernel.run('import { next } from "./own"; next === rng(1)()'))).toBe("true");
  expect(result(await kernel.run('require.resolve("kernel-lib")'))).toBe(`'${main}'`);
  expect(result(await kernel.run('typeof require("kernel-lib").rng'))).toBe("'function'");
});

test("other packages, and files of kernel-lib that do not exist, are still missing", async () => {
  expect(result(await kernel.run('require("kernel-lib/nothing")'))).toContain("Cannot find module");
  expect(result(await kernel.run('require("kernel-library")'))).toContain("Cannot find module");
});

test("a folder's own copy comes first", async () => {
  const cwd = emptyFolder();
  const copy = join(cwd, "node_modules", "kernel-lib");
  mkdirSync(copy, { recursive: true });
  writeFileSync(join(copy, "package.json"), '{ "name": "kernel-lib", "main": "i.js", "types": "i.d.ts" }');
  writeFileSync(join(copy, "i.js"), "exports.mine = 5;");
  writeFileSync(join(copy, "i.d.ts"), "export declare const mine: number;");
  const client = await startKernel({ argv, cwd });
  try {
    expect(result(await client.execute('import { mine } from "kernel-lib"; mine'))).toBe("5");
    expect(result(await client.execute('import { rng } from "kernel-lib"'))).toContain("no exported member");
  } finally {
    await client.shutdown();
    rmSync(cwd, { recursive: true, force: true });
  }
});
