import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { npmCli } from "../../setup/npm-packages.mjs";
import { root, venvPython } from "../../setup/paths.mjs";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "standalone-")));
const place = join(folder, "somewhere else, ünïcode");
const home = join(folder, "home");
const kernels = join(home, ".local", "share", "jupyter", "kernels");
/** Of the user, only the program's paths and npm's cache: nothing of this checkout, and a home of its own. */
const { PATH, TMPDIR, HTTPS_PROXY, HTTP_PROXY, NO_PROXY } = process.env;
const cache = execFileSync(process.execPath, [npmCli(), "config", "get", "cache"], {
  encoding: "utf8",
}).trim();
const env: NodeJS.ProcessEnv = { PATH, TMPDIR, HTTPS_PROXY, HTTP_PROXY, NO_PROXY, HOME: home };

function npm(args: string[], cwd: string) {
  const settings = { npm_config_cache: cache, npm_config_userconfig: process.env.npm_config_userconfig };
  const result = spawnSync(process.execPath, [npmCli(), ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...settings },
  });
  if (result.status !== 0) throw new Error(`npm ${args.join(" ")}: ${result.stderr}`);
  return result.stdout;
}

/** The program as npx finds it in the folder. */
function kernelLib(...args: string[]) {
  const npx = join(npmCli(), "..", "npx-cli.js");
  const all = [npx, "--no-install", "kernel-lib", ...args];
  return spawnSync(process.execPath, all, { cwd: place, env, encoding: "utf8" });
}

/** Status and texts of cells in a kernel that Jupyter's own client starts. */
function run(notebookFolder: string, ...cells: string[]): [string, string[]][] {
  const script = join(root, "scripts", "test", "slow", "run_cells.py");
  const output = execFileSync(venvPython, [script, "ts-alone", notebookFolder, ...cells], {
    env,
    encoding: "utf8",
  });
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

let packed: string[];

beforeAll(() => {
  for (const one of [place, home]) mkdirSync(one);
  const [{ filename, files }] = JSON.parse(
    npm(["pack", "--json", "--pack-destination", folder], join(root, "kernel-lib")),
  );
  packed = files.map((file: { path: string }) => file.path);
  npm(["install", "--prefer-offline", "--no-audit", "--no-fund", join(folder, filename)], place);
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

describe.sequential("kernel-lib as a package", () => {
  test("holds the compiled library, its WebAssembly, a README and the licence, and nothing else", () => {
    expect(packed.filter((file) => !/^dist\/.*\.(js|d\.ts|wasm)$/.test(file)).sort()).toEqual([
      "LICENSE",
      "README.md",
      "package.json",
    ]);
    expect(packed.filter((file) => file.endsWith(".wasm"))).toHaveLength(2);
    expect(packed.some((file) => /test|bench/.test(file))).toBe(false);
  });

  test("does not bring TensorFlow.js, which only some of its functions need", () => {
    expect(existsSync(join(place, "node_modules", "kernel-lib"))).toBe(true);
    expect(existsSync(join(place, "node_modules", "@tensorflow"))).toBe(false);
  });

  test("npx registers the kernel for the user", () => {
    const { stdout, stderr, status } = kernelLib(
      "install",
      "--name",
      "ts-alone",
      "--display-name",
      "TS alone",
    );
    expect(status, stderr).toBe(0);
    expect(stdout).toBe(`Installed the TypeScript kernel in ${join(kernels, "ts-alone")}\n`);
    const { argv } = JSON.parse(readFileSync(join(kernels, "ts-alone", "kernel.json"), "utf8"));
    expect(argv).toContain(join(place, "node_modules", "kernel-lib", "dist", "jupyter", "main.js"));
    expect(kernelLib("list").stdout).toBe(`ts-alone  TS alone  ${join(kernels, "ts-alone")}\n`);
  });

  test("the kernel checks and runs cells in an empty folder", () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    const cells = [
      'import { basename } from "node:path"; const name: string = basename("/a/b"); name',
      "const count: number = name",
      "await Promise.resolve(name.length)",
      'import x from "not-there"',
    ];
    expect(run(empty, ...cells)).toEqual([
      ["ok", ["'b'"]],
      ["error", [expect.stringContaining("TS2322: Type 'string' is not assignable to type 'number'")]],
      ["ok", ["1"]],
      ["error", [expect.stringContaining("Cannot find module 'not-there'")]],
    ]);
    expect(readdirSync(empty)).toEqual([]);
  });

  test("the kernel takes a folder's own tsconfig.json and node_modules", () => {
    const own = join(folder, "ein Ordner, 我的");
    const greeter = join(own, "node_modules", "greeter");
    mkdirSync(greeter, { recursive: true });
    writeFileSync(join(own, "tsconfig.json"), '{ "compilerOptions": { "strict": false } }');
    writeFileSync(
      join(greeter, "package.json"),
      '{ "name": "greeter", "main": "index.js", "types": "index.d.ts" }',
    );
    writeFileSync(join(greeter, "index.js"), "exports.greet = (name) => 'Hello ' + name;");
    writeFileSync(join(greeter, "index.d.ts"), "export declare function greet(name: string): string;");
    expect(
      run(
        own,
        'import { greet } from "greeter"; greet("you")',
        "const maybe: string = null; greet(1)",
        "const maybe: string = null; maybe",
      ),
    ).toEqual([
      ["ok", ["'Hello you'"]],
      ["error", [expect.stringContaining("TS2345")]],
      ["ok", ["null"]],
    ]);
  });

  test("kernel-lib itself can be imported where it is installed", () => {
    const [[status, texts] = []] = run(place, 'import { rng } from "kernel-lib"; typeof rng(1)');
    expect([status, texts]).toEqual(["ok", ["'function'"]]);
  });

  test("its own copy of kernel-lib can be imported in any other folder, with its types", () => {
    const bare = join(folder, "bare");
    mkdirSync(bare);
    writeFileSync(join(bare, "own.ts"), 'import { rng } from "kernel-lib"; export const next = rng(1)();');
    const cells = [
      'import { rng, slider } from "kernel-lib"; typeof slider',
      "const text: string = rng(1)",
      'import { next } from "./own"; typeof next',
      'require.resolve("kernel-lib")',
      'import { loadTf } from "kernel-lib"; await loadTf()',
    ];
    const failure =
      'loadTf: TensorFlow.js is not installed: run "npm install @tensorflow/tfjs @tensorflow/tfjs-backend-wasm" in ';
    expect(run(bare, ...cells)).toEqual([
      ["ok", ["'function'"]],
      ["error", [expect.stringContaining("TS2322: Type 'Rng' is not assignable to type 'string'")]],
      ["ok", ["'number'"]],
      ["ok", [`'${join(place, "node_modules", "kernel-lib", "dist", "index.js")}'`]],
      ["error", [failure + bare]],
    ]);
  });

  test("uninstall leaves nothing behind", () => {
    expect(kernelLib("uninstall", "--name", "ts-alone").status).toBe(0);
    expect(readdirSync(kernels)).toEqual([]);
  });
});
