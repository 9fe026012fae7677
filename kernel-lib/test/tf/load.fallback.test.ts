import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = dirname(dirname(dirname(__dirname)));
const packages = join(root, "node_modules");
const folder = mkdtempSync(join(tmpdir(), "load-tf-"));

/** A checkout in miniature, as it is where no native library could be had: the real packages, @tensorflow/tfjs-node without its addon. */
beforeAll(() => {
  const own = join(folder, "node_modules");
  mkdirSync(join(own, "@tensorflow"), { recursive: true });
  const link = (name: string) => symlinkSync(join(packages, name), join(own, name), "junction");
  for (const name of readdirSync(packages).filter((name) => !["@tensorflow", "danfojs-node"].includes(name)))
    link(name);
  for (const name of readdirSync(join(packages, "@tensorflow")).filter((name) => name !== "tfjs-node"))
    link(join("@tensorflow", name));
  const native = join("@tensorflow", "tfjs-node");
  const isNative = (file: string) => ["deps", "lib"].some((name) => file === join(packages, native, name));
  cpSync(join(packages, native), join(own, native), { recursive: true, filter: (file) => !isNative(file) });
  cpSync(join(packages, "danfojs-node"), join(own, "danfojs-node"), { recursive: true });
  const compiler = join(packages, "typescript", "bin", "tsc");
  const options = [
    "--outDir",
    folder,
    "--noCheck",
    "--ignoreConfig",
    "--module",
    "nodenext",
    "--target",
    "es2022",
  ];
  const source = join(root, "kernel-lib", "src", "tf", "load.ts");
  spawnSync(process.execPath, [compiler, source, ...options], { stdio: "inherit", cwd: folder });
  writeFileSync(
    join(folder, "program.cjs"),
    `const { loadTf } = require("./load.js");
     Promise.all([loadTf(), loadTf()]).then(([{ tf, backend }]) =>
       console.log(backend, tf.sum([1, 2]).dataSync()[0], require("danfojs-node").tensorflow === tf));`,
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(backend: string | undefined) {
  const { RNN_TF_BACKEND: _, ...env } = process.env;
  const chosen = backend ? { ...env, RNN_TF_BACKEND: backend } : env;
  return spawnSync(process.execPath, ["program.cjs"], { cwd: folder, env: chosen, encoding: "utf8" });
}

test("without a native library TensorFlow.js runs on WebAssembly and says so once", () => {
  const { stdout, stderr } = run(undefined);
  expect(stdout.trim()).toBe("wasm 3 true");
  expect(stderr.match(/runs on WebAssembly/g)).toHaveLength(1);
});

test("RNN_TF_BACKEND=wasm says nothing", () => {
  const { stdout, stderr } = run("wasm");
  expect(stdout.trim()).toBe("wasm 3 true");
  expect(stderr).not.toContain("WebAssembly");
});

test("RNN_TF_BACKEND=tensorflow without a native library is an error that says what to do", () => {
  const { status, stderr } = run("tensorflow");
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /loadTf: RNN_TF_BACKEND: expected a native library for "tensorflow", got none .*npm run setup/,
  );
});
