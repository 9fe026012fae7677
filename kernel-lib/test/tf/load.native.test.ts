import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { loadTf } from "../../src/tf/load";

process.env.TF_CPP_MIN_LOG_LEVEL = "2";
const require = createRequire(__filename);

/** Whether the set-up has installed the native library; where it has not, these tests are skipped in the open. */
const installed = (() => {
  try {
    require("@tensorflow/tfjs-node");
    return true;
  } catch {
    return false;
  }
})();

test.runIf(installed)(
  "RNN_TF_BACKEND=tensorflow loads the native library and danfojs-node shares it",
  async () => {
    process.env.RNN_TF_BACKEND = "tensorflow";
    const { tf, backend } = await loadTf();
    expect(backend).toBe("tensorflow");
    expect(tf.getBackend()).toBe("tensorflow");
    expect(tf.matMul([[1, 2]], [[3], [4]]).arraySync()).toEqual([[11]]);
    expect(require("danfojs-node").tensorflow).toBe(tf);
  },
);

test.runIf(installed)("a second call gives the same library", async () => {
  expect(await loadTf()).toBe(await loadTf());
});
