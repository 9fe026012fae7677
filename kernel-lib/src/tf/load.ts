import Module, { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import type { TensorFlow } from "./tensorflow";
import { mendWasmKernels } from "./wasm-kernels";

/** `tensorflow`: the native library of @tensorflow/tfjs-node; `wasm`: TensorFlow.js on WebAssembly, which runs everywhere. */
export type TfBackend = "tensorflow" | "wasm";

const nativePackage = "@tensorflow/tfjs-node";
const wasmPackages = ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"];
let loading: Promise<{ tf: TensorFlow; backend: TfBackend }> | undefined;

/**
 * Loads TensorFlow.js once and makes its backend ready. Every module gets TensorFlow.js from here, before it loads anything that needs it:
 * danfojs-node asks for @tensorflow/tfjs-node by name and then finds this same object.
 *
 * The environment variable `RNN_TF_BACKEND` (`tensorflow` or `wasm`) chooses the backend. Without it the native library is used where it
 * loads, else WebAssembly, with one note on the console.
 *
 * @returns the library and the backend it runs on
 * @throws where TensorFlow.js is not installed, or `RNN_TF_BACKEND` is neither, or asks for a native library that does not load
 *
 * @example
 * const { tf, backend } = await loadTf();
 */
export function loadTf(): Promise<{ tf: TensorFlow; backend: TfBackend }> {
  loading ??= load(process.env.RNN_TF_BACKEND).catch((error) => {
    loading = undefined; // so that it can be installed, and asked for again
    throw error;
  });
  return loading;
}

async function load(wanted: string | undefined): Promise<{ tf: TensorFlow; backend: TfBackend }> {
  const { tf, backend } = choose(wanted);
  await tf.setBackend(backend);
  await tf.ready();
  if (backend === "wasm") mendWasmKernels(tf);
  return { tf, backend };
}

function choose(wanted: string | undefined): { tf: TensorFlow; backend: TfBackend } {
  if (wanted === "wasm") return { tf: wasmTensorFlow(), backend: "wasm" };
  if (wanted && wanted !== "tensorflow")
    throw new Error(`loadTf: RNN_TF_BACKEND: expected "tensorflow" or "wasm", got "${wanted}"`);
  try {
    return { tf: nativeTensorFlow(), backend: "tensorflow" };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    if (wanted)
      throw new Error(
        `loadTf: RNN_TF_BACKEND: expected a native library for "tensorflow", got none (${reason}); "npm run setup" tries to install it`,
        { cause: error },
      );
    const tf = wasmTensorFlow();
    console.warn(
      "TensorFlow.js runs on WebAssembly: its native library is not installed. Results agree, large models train more slowly. " +
        '"npm run setup" tries to install it; RNN_TF_BACKEND=wasm keeps WebAssembly without this note.',
    );
    return { tf, backend: "wasm" };
  }
}

/** Packages beside this one come first, then those of the folder that the program runs in. */
const requires = [createRequire(__filename), createRequire(join(process.cwd(), "program.js"))];

function nativeTensorFlow(): TensorFlow {
  restoreRemovedUtilities();
  // The library's start-up lines would otherwise appear among a cell's output.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  return requires[0]!(find(nativePackage) ?? nativePackage) as TensorFlow;
}

function wasmTensorFlow(): TensorFlow {
  restoreRemovedUtilities();
  const files = wasmPackages.map(find);
  const missing = wasmPackages.filter((_, index) => files[index] === undefined);
  if (missing.length > 0)
    throw new Error(
      `loadTf: TensorFlow.js is not installed: run "npm install ${missing.join(" ")}" in ${process.cwd()}`,
    );
  const [tf] = files.map((file) => requires[0]!(file!) as TensorFlow);
  const id = find(nativePackage);
  if (id !== undefined) {
    const stand: NodeJS.Module = new Module(id);
    Object.assign(stand, { filename: id, loaded: true, exports: tf });
    requires[0]!.cache[id] = stand;
  }
  return tf!;
}

/** The file of an installed package. */
function find(name: string): string | undefined {
  for (const { resolve } of requires) {
    try {
      return resolve(name);
    } catch {
      // The next folder may have it.
    }
  }
  return undefined;
}

/** tfjs-node and danfojs-node call two functions that Node 23 has removed from `node:util`. */
function restoreRemovedUtilities(): void {
  Object.assign(util, { isArray: Array.isArray, isNullOrUndefined: (value: unknown) => value == null });
}
