import { createRequire } from "node:module";
import { expect, test, vi } from "vitest";

const require = createRequire(__filename);

test("RNN_TF_BACKEND that is neither backend is refused with its value", async () => {
  process.env.RNN_TF_BACKEND = "gpu";
  const { loadTf } = await import("../../src/tf/load");
  await expect(loadTf()).rejects.toThrow(
    'loadTf: RNN_TF_BACKEND: expected "tensorflow" or "wasm", got "gpu"',
  );
});

test("RNN_TF_BACKEND=wasm loads TensorFlow.js on WebAssembly and danfojs-node finds the same object", async () => {
  vi.resetModules();
  process.env.RNN_TF_BACKEND = "wasm";
  const { loadTf } = await import("../../src/tf/load");
  const { tf, backend } = await loadTf();
  expect(backend).toBe("wasm");
  expect(tf.getBackend()).toBe("wasm");
  expect(tf.matMul([[1, 2]], [[3], [4]]).arraySync()).toEqual([[11]]);
  const danfo = require("danfojs-node");
  expect(danfo.tensorflow).toBe(tf);
  expect(new danfo.DataFrame({ a: [1, 2, 3] }).mean({ axis: 0 }).values).toEqual([2]);
});
