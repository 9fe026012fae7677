import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { installKernelspec } from "../../src/jupyter/kernelspec";
import { emptyFolder } from "./kernel";

const SCRIPT = resolve(__dirname, "../../dist/jupyter/kernelspec.js");
const folder = emptyFolder();
afterAll(() => rmSync(folder, { recursive: true }));

/** Width and height of a PNG. */
function size(file: string): [number, number] {
  const png = readFileSync(file);
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe("an installed kernelspec", () => {
  test("starts the kernel, says how it is interrupted, and has logos", () => {
    execFileSync(process.execPath, [SCRIPT, "--prefix", folder]);
    const installed = join(folder, "share/jupyter/kernels/typescript");
    expect(readdirSync(installed).sort()).toEqual([
      "kernel.json",
      "logo-32x32.png",
      "logo-64x64.png",
      "logo-svg.svg",
    ]);
    const spec = JSON.parse(readFileSync(join(installed, "kernel.json"), "utf8"));
    expect(spec).toMatchObject({
      display_name: "TypeScript",
      language: "typescript",
      interrupt_mode: "message",
    });
    expect(spec.argv.slice(-2)).toEqual(["--connection-file", "{connection_file}"]);
    expect(existsSync(spec.argv[2])).toBe(true);
    expect(size(join(installed, "logo-32x32.png"))).toEqual([32, 32]);
    expect(size(join(installed, "logo-64x64.png"))).toEqual([64, 64]);
  });

  test("takes a name and a display name, and replaces an older one", () => {
    for (const displayName of ["Old", "New"])
      installKernelspec({ dataFolder: folder, name: "ts-2", displayName });
    expect(JSON.parse(readFileSync(join(folder, "kernels/ts-2/kernel.json"), "utf8")).display_name).toBe(
      "New",
    );
    expect(() => installKernelspec({ dataFolder: folder, name: "a/b" })).toThrow(
      "installKernelspec: name: expected letters",
    );
  });

  test("goes to the user's folder with --user", () => {
    const env = { ...process.env, JUPYTER_DATA_DIR: join(folder, "user") };
    execFileSync(process.execPath, [SCRIPT, "--user", "--name", "mine"], { env });
    expect(existsSync(join(folder, "user/kernels/mine/kernel.json"))).toBe(true);
  });

  test("needs to know where", () => {
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT], { encoding: "utf8" });
    expect([status, stderr]).toEqual([2, expect.stringContaining("Usage: node kernelspec.js")]);
  });
});
