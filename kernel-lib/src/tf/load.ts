import Module, { createRequire } from "node:module";
import util from "node:util";
import type { TensorFlow } from "./tensorflow";
import { mendWasmKernels } from "./wasm-kernels";

/** `tensorflow`: the native library of @tensorflow/tfjs-node; `wasm`: TensorFlow.js on WebAssembly, which runs everywhere. */
export type TfBackend = "tensorflow" | "wasm";

const nativePackage = "@tensorflow/tfjs-node";
let loading: Promise<{ tf: TensorFlow; backend: TfBackend }> | undefined;

/**
 * Loads TensorFlow.js once and makes its backend ready. Every module gets TensorFlow.js from here, before it loads anything that needs it:
 * danfojs-node asks for @tensorflow/tfjs-node by name and then finds this same object.
 *
 * The environment variable `RNN_TF_BACKEND` (`tensorflow` or `wasm`) chooses the backend. Without it the native library is used where it
 * loads, else WebAssembly, with one note on the console.
 *
 * @returns the library and the backend it runs on
 * @throws where `RNN_TF_BACKEND` is neither, or asks for a native library that does not load
 *
 * @example
 * const { tf, backend } = await loadTf();
 */
export function loadTf(): Promise<{ tf: TensorFlow; backend: TfBackend }> {
  loading ??= load(process.env.RNN_TF_BACKEND);
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
    console.warn(
      "TensorFlow.js runs on WebAssembly: its native library is not installed. Results agree, large models train more slowly. " +
        '"npm run setup" tries to install it; RNN_TF_BACKEND=wasm keeps WebAssembly without this note.',
    );
    return { tf: wasmTensorFlow(), backend: "wasm" };
  }
}

const requireHere = createRequire(__filename);

function nativeTensorFlow(): TensorFlow {
  restoreRemovedUtilities();
  // The library's start-up lines would otherwise appear among a cell's output.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  return requireHere(nativePackage) as TensorFlow;
}

function wasmTensorFlow(): TensorFlow {
  restoreRemovedUtilities();
  const tf = requireHere("@tensorflow/tfjs") as TensorFlow;
  requireHere("@tensorflow/tfjs-backend-wasm");
  const id = requireHere.resolve(nativePackage);
  const stand: NodeJS.Module = new Module(id);
  Object.assign(stand, { filename: id, loaded: true, exports: tf });
  requireHere.cache[id] = stand;
  return tf;
}

/** tfjs-node and danfojs-node call two functions that Node 23 has removed from `node:util`. */
function restoreRemovedUtilities(): void {
  Object.assign(util, { isArray: Array.isArray, isNullOrUndefined: (value: unknown) => value == null });
}
