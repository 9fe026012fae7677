import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../setup/paths.mjs";
import { findPython } from "../../setup/python.mjs";

const folder = mkdtempSync(join(tmpdir(), "clean-clone-"));
const checkout = join(folder, "checkout");
const empty = join(folder, "empty");
const left = ["node_modules", ".venv", ".cache", ".git", "dist", "test-results"];

beforeAll(() => {
  mkdirSync(empty);
  cpSync(root, checkout, { recursive: true, filter: (file) => !left.includes(basename(file)) });
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

/** Runs a script of the copy to its end, as npm would, with the given changes to the environment. */
function run(script: string, args: string[] = [], env: NodeJS.ProcessEnv = {}) {
  const started = performance.now();
  const options = { cwd: checkout, env: { ...process.env, ...env }, encoding: "utf8" as const };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join("scripts", script), ...args], options);
  return { status, output: stdout + stderr, seconds: (performance.now() - started) / 1000 };
}

const unreachable = "http://127.0.0.1:9";
const offline = {
  HTTP_PROXY: unreachable,
  HTTPS_PROXY: unreachable,
  ALL_PROXY: unreachable,
  npm_config_proxy: unreachable,
  npm_config_https_proxy: unreachable,
  npm_config_noproxy: "",
  NO_PROXY: "",
  npm_config_cache: empty,
  PIP_CACHE_DIR: empty,
  PIP_NO_INDEX: "1",
};

/** Starts the set-up and does not wait for it. */
function startSetUp(env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ["scripts/setup.mjs"], {
    cwd: checkout,
    env: { ...process.env, ...env },
    stdio: "ignore",
  });
}

/** Kills a set-up, and only it, as soon as a file is there. */
async function killWhen(child: ChildProcess, file: string) {
  const ended = once(child, "exit");
  while (!existsSync(join(checkout, file)) && child.exitCode === null) await sleep(20);
  child.kill("SIGKILL");
  await ended;
}

describe.sequential("in a clean clone", () => {
  test("without a network one sentence for all that is missing, and no waiting for long", () => {
    const { status, output, seconds } = run("start.mjs", [], offline);
    expect(status).toBe(1);
    expect(output).toMatch(/Installing the npm packages failed\. The package registry cannot be reached/);
    expect(output).toMatch(
      /Installing JupyterLab into \.venv failed\. The package registry cannot be reached/,
    );
    expect(output).not.toMatch(/\n +at /);
    expect(seconds).toBeLessThan(60);
  });

  test("without Python the packages and the library are set up, and the sentence says what works", () => {
    const { status, output } = run("start.mjs", [], { PATH: empty });
    expect(output).toMatch(/✓ npm packages/);
    expect(output).toMatch(/✓ kernel-lib/);
    expect(output).toMatch(/JupyterLab needs Python 3\.9 or newer, and none was found\. .*npm run notebooks/);
    expect(status).toBe(1);
    expect(existsSync(join(checkout, "kernel-lib", "dist", "index.js"))).toBe(true);
  });

  test("without Python a notebook runs headless all the same and keeps its outputs", () => {
    const notebook = join(checkout, "notebooks", "tiny.ipynb");
    const cell = {
      cell_type: "code",
      id: "a",
      metadata: {},
      execution_count: null,
      outputs: [],
      source: "6 * 7",
    };
    const kernelspec = { name: "typescript", display_name: "TypeScript", language: "typescript" };
    writeFileSync(
      notebook,
      JSON.stringify({ cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }),
    );
    const { status, output } = run("notebooks.mjs", [notebook], { PATH: empty });
    const executed = JSON.parse(readFileSync(notebook, "utf8"));
    rmSync(notebook);
    expect(status, output).toBe(0);
    expect(executed.cells[0].outputs[0].data["text/plain"]).toEqual(["42"]);
  });

  test("killed while the Python packages go in, and killed again, it is whole in the end; without a compiler it says so", async () => {
    const packages = process.platform === "win32" ? ".venv/Lib/site-packages" : ".venv/lib";
    const noCompiler = { PYTHON: findPython(), CXX: "/bin/false" };
    await killWhen(startSetUp(noCompiler), packages);
    await sleep(2000);
    await killWhen(startSetUp(noCompiler), ".cache/setup/python-environment.log");
    const { status, output } = run("setup.mjs", [], noCompiler);
    expect(output).toMatch(/TensorFlow\.js will run on WebAssembly .*/);
    if (process.platform === "linux" && process.arch === "x64")
      expect(output).toMatch(/needs a C\+\+ compiler/);
    expect(output).toMatch(/Everything is in place/);
    expect(status).toBe(0);
  });

  test("killed while npm works, it is whole in the end", async () => {
    rmSync(join(checkout, "node_modules"), { recursive: true });
    const env = { PYTHON: findPython(), CXX: "/bin/false" };
    await killWhen(startSetUp(env), "node_modules");
    const { status, output } = run("setup.mjs", [], env);
    expect(output).toMatch(/Everything is in place/);
    expect(status).toBe(0);
    const locked = JSON.parse(readFileSync(join(checkout, "package-lock.json"), "utf8")).packages;
    const found = JSON.parse(readFileSync(join(checkout, "node_modules/typescript/package.json"), "utf8"));
    expect(found.version).toBe(locked["node_modules/typescript"].version);
  });

  test("with nothing missing it says so within a second", () => {
    const runs = [1, 2, 3].map(() => run("setup.mjs", [], { RNN_TF_BACKEND: "wasm" }));
    for (const { status, output } of runs)
      expect([status, output]).toEqual([0, "Everything is in place. Start JupyterLab with: npm start\n"]);
    expect(Math.min(...runs.map(({ seconds }) => seconds))).toBeLessThan(1);
  });
});
