import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { installKernelspec, removeKernelspec } from "../../src/jupyter/kernelspec";
import { emptyFolder } from "./kernel";

const SCRIPT = resolve(__dirname, "../../dist/jupyter/cli.js");
const folder = emptyFolder();
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command line to its end. */
function run(args: string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [SCRIPT, ...args], {
    encoding: "utf8",
    timeout: 20_000,
    env: { ...process.env, ...env },
  });
}

/** Width and height of a PNG. */
function size(file: string): [number, number] {
  const png = readFileSync(file);
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe("an installed kernelspec", () => {
  test("starts the kernel, says how it is interrupted, and has logos", () => {
    execFileSync(process.execPath, [SCRIPT, "install", "--prefix", folder]);
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
    execFileSync(process.execPath, [SCRIPT, "install", "--user", "--name", "mine"], { env });
    expect(existsSync(join(folder, "user/kernels/mine/kernel.json"))).toBe(true);
  });

  test("does not replace another program's kernel of the same name", () => {
    const other = join(folder, "kernels/python3");
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, "kernel.json"), '{"argv":["python"],"display_name":"Python"}');
    expect(() => installKernelspec({ dataFolder: folder, name: "python3" })).toThrow(
      "is another program's kernel",
    );
    expect(() => removeKernelspec({ dataFolder: folder, name: "python3" })).toThrow(
      "is no kernelspec of this kernel",
    );
    expect(readFileSync(join(other, "kernel.json"), "utf8")).toContain("Python");
  });
});

describe("the command line", () => {
  const prefix = join(folder, "an environment with spaces, ünïcode");

  test("installs for the user where nothing is said", () => {
    const data = join(folder, "quiet");
    const { status, stdout } = run(["install"], { JUPYTER_DATA_DIR: data });
    expect([status, stdout]).toEqual([
      0,
      `Installed the TypeScript kernel in ${join(data, "kernels/typescript")}\n`,
    ]);
  });

  test("lists what is installed, and whether its program is still there", () => {
    expect(run(["list", "--prefix", prefix]).stdout).toContain("The TypeScript kernel is not installed in");
    run(["install", "--prefix", prefix, "--name", "ts", "--display-name", "Typed"]);
    const installed = join(prefix, "share/jupyter/kernels/ts");
    expect(run(["list", "--prefix", prefix]).stdout).toBe(`ts  Typed  ${installed}\n`);
    const file = join(installed, "kernel.json");
    writeFileSync(file, readFileSync(file, "utf8").replace("main.js", "gone/jupyter/main.js"));
    expect(run(["list", "--prefix", prefix]).stdout).toContain("its program is gone: install it again");
  });

  test("removes what it installed, and nothing else", () => {
    run(["install", "--prefix", prefix, "--name", "one"]);
    run(["install", "--prefix", prefix, "--name", "two"]);
    expect(run(["uninstall", "--prefix", prefix, "--name", "one"]).status).toBe(0);
    const left = readdirSync(join(prefix, "share/jupyter/kernels"));
    expect(left).toContain("two");
    expect(left).not.toContain("one");
    const again = run(["uninstall", "--prefix", prefix, "--name", "one"]);
    expect([again.status, again.stderr]).toEqual([
      1,
      expect.stringContaining("is no kernelspec of this kernel"),
    ]);
  });

  test.each([
    [[], "expected install, list, uninstall or help, got nothing"],
    [["instal"], "expected install, list, uninstall or help, got instal"],
    [["install", "--usr"], "Unknown option '--usr'"],
    [["install", "--user", "--prefix", "x"], "--user and --prefix exclude each other"],
    [["install", "--prefix"], "--prefix"],
    [["install", "there"], "Unexpected argument 'there'"],
    [["list", "--name", "x"], "list takes no --name"],
  ])("says what is wrong with %j, and how it goes", (args, message) => {
    const { status, stderr } = run(args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr).toContain("Usage: kernel-lib COMMAND");
  });

  test("says why a folder cannot be written", () => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    const { status, stderr } = run(["install", "--prefix", file]);
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^kernel-lib: .*ENOTDIR.*a-file.*\n$/)]);
  });

  test.runIf(process.platform === "linux")("does not wait for a folder that can't be", () => {
    const { status, stderr } = run(["install", "--prefix", "/proc/nowhere"]);
    expect([status, stderr]).toEqual([1, expect.stringContaining("/proc/nowhere")]);
  });

  test("explains itself", () => {
    expect(run(["--help"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("--display-name TEXT"),
    });
  });
});
