import { createRequire } from "node:module";
import type { TfBackend } from "../../src/tf/load";
import type { TensorFlow } from "../../src/tf/tensorflow";
import { loadTf } from "./dist";

process.env.TF_CPP_MIN_LOG_LEVEL = "2";

/** Whether the set-up has installed the native library; where it has not, its tests are skipped in the open. */
export const nativeIsInstalled = ((): boolean => {
  try {
    createRequire(__filename)("@tensorflow/tfjs-node");
    return true;
  } catch {
    return false;
  }
})();

/** TensorFlow.js on one backend; a test file has only one. */
export async function loadBackend(backend: TfBackend): Promise<TensorFlow> {
  process.env.RNN_TF_BACKEND = backend;
  return (await loadTf()).tf;
}
