import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { TensorFlow } from "../../src/tf/tensorflow";
import { loadBackend } from "./backends";

let tf: TensorFlow;
beforeAll(async () => {
  tf = await loadBackend("wasm");
});

const size = fc.integer({ min: 1, max: 9 });

it("products with transposed matrices are those of the definition, for batches, and with a bias too", () => {
  const sizes = fc.record({
    batch: size,
    m: size,
    k: size,
    n: size,
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
  });
  fc.assert(
    fc.property(sizes, ({ batch, m, k, n, transposeA, transposeB }) => {
      tf.tidy(() => {
        const a = tf.randomNormal(transposeA ? [batch, k, m] : [batch, m, k], 0, 1, "float32", 1);
        const b = tf.randomNormal(transposeB ? [batch, n, k] : [batch, k, n], 0, 1, "float32", 2);
        const bias = tf.range(0, n);
        const [rows, columns] = [a, b].map((tensor) => tensor.arraySync() as number[][][]);
        const at = (matrix: number[][], transposed: boolean, i: number, j: number) =>
          transposed ? matrix[j][i] : matrix[i][j];
        const product = tf.matMul(a, b, transposeA, transposeB).arraySync() as number[][][];
        const first = (tensor: Tensor) => tf.squeeze(tf.slice(tensor, 0, 1), [0]) as Tensor2D;
        const fused = tf.fused.matMul({ a: first(a), b: first(b), transposeA, transposeB, bias });
        const withBias = fused.arraySync() as number[][];
        for (let g = 0; g < batch; g++)
          for (let i = 0; i < m; i++)
            for (let j = 0; j < n; j++) {
              let sum = 0;
              for (let p = 0; p < k; p++)
                sum += at(rows[g], transposeA, i, p) * at(columns[g], transposeB, p, j);
              expect(product[g][i][j]).toBeCloseTo(sum, 4);
              if (g === 0) expect(withBias[i][j]).toBeCloseTo(sum + j, 4);
            }
      });
    }),
    { numRuns: 60, seed: 3 },
  );
});

it("leaves no tensor behind", () => {
  const a = tf.ones([4, 3]);
  const before = tf.memory().numTensors;
  const bytes = (tf.memory() as unknown as { numDataBuffers: number }).numDataBuffers;
  tf.matMul(a, a, true, false).dispose();
  tf.matMul(a, a, false, true).dispose();
  expect(tf.memory().numTensors).toBe(before);
  expect(tf.memory().numDataBuffers).toBe(bytes);
});

it("the gradient of gather sums the rows that were taken several times, along any axis", () => {
  const index = tf.tensor1d([2, 0, 2], "int32");
  const weights = tf.tensor2d([
    [1, 2],
    [3, 4],
    [5, 6],
  ]); // prettier-ignore
  const rows = tf.grad((table: Tensor) => tf.sum(tf.mul(tf.gather(table, index), weights)))(tf.ones([4, 2]));
  expect(rows.arraySync()).toEqual([
    [3, 4],
    [0, 0],
    [6, 8],
    [0, 0],
  ]); // prettier-ignore
  const columns = tf.grad((table: Tensor) =>
    tf.sum(tf.mul(tf.gather(table, index, 1), tf.transpose(weights))),
  )(tf.ones([2, 4]));
  expect(columns.arraySync()).toEqual([
    [3, 0, 6, 0],
    [4, 0, 8, 0],
  ]); // prettier-ignore
});
