import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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

function run(backend: string | undefined, cwd = folder, program = "program.cjs") {
  const { RNN_TF_BACKEND: _, ...env } = process.env;
  const chosen = backend ? { ...env, RNN_TF_BACKEND: backend } : env;
  return spawnSync(process.execPath, [program], { cwd, env: chosen, encoding: "utf8" });
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

test.each([undefined, "wasm"])("without TensorFlow.js one sentence says what to do (%s)", (backend) => {
  const elsewhere = mkdtempSync(join(tmpdir(), "load-tf-none-"));
  try {
    for (const name of ["load.js", "wasm-kernels.js", "program.cjs"])
      cpSync(join(folder, name), join(elsewhere, name));
    const { stderr, status } = run(backend, elsewhere);
    expect(status).toBe(1);
    expect(stderr).toContain(
      `Error: loadTf: TensorFlow.js is not installed: run "npm install @tensorflow/tfjs @tensorflow/tfjs-backend-wasm" in ${realpathSync(elsewhere)}\n`,
    );
    expect(stderr).not.toContain("WebAssembly");
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});

test("TensorFlow.js is also found in the folder that the program runs in, without the package of the native library", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "load-tf-apart-"));
  try {
    const program = join(elsewhere, "program.cjs");
    cpSync(join(folder, "load.js"), join(elsewhere, "load.js"));
    cpSync(join(folder, "wasm-kernels.js"), join(elsewhere, "wasm-kernels.js"));
    writeFileSync(program, 'require("./load.js").loadTf().then(({ backend }) => console.log(backend));');
    const own = join(elsewhere, "notebooks", "node_modules");
    mkdirSync(join(own, "@tensorflow"), { recursive: true });
    for (const name of ["tfjs", "tfjs-backend-wasm"])
      symlinkSync(join(packages, "@tensorflow", name), join(own, "@tensorflow", name), "junction");
    const { stdout, stderr } = run(undefined, join(elsewhere, "notebooks"), program);
    expect(stdout.trim(), stderr).toBe("wasm");
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});

test("RNN_TF_BACKEND=tensorflow without a native library is an error that says what to do", () => {
  const { status, stderr } = run("tensorflow");
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /loadTf: RNN_TF_BACKEND: expected a native library for "tensorflow", got none .*npm run setup/,
  );
});
