import type { Kernels } from "../kernels";
import type { Floats } from "./memory";

type LayerKernels = Pick<
  Kernels,
  "relu" | "reluBackward" | "dropout" | "gatherRows" | "scatterAddRows" | "adam"
>;

/** The kernels of dense layers, dropout, embeddings and Adam (kernel-lib/wasm) in plain loops. */
export const plainLayers = (view: Floats): LayerKernels => ({
  relu(y, floats) {
    const m = view();
    for (let i = y / 4; i < y / 4 + floats; i++) m[i] = Math.max(m[i], 0);
  },
  reluBackward(y, dy, floats) {
    const m = view();
    for (let i = 0; i < floats; i++) if (!(m[y / 4 + i] > 0)) m[dy / 4 + i] = 0;
  },
  dropout(x, y, floats, first, seed, rate) {
    const m = view();
    const key = mix(new Uint32Array(m.buffer)[seed / 4]);
    const threshold = Math.trunc(rate * 2 ** 32);
    for (let i = 0; i < floats; i++) {
      const keep = mix((first + i + key) >>> 0) >= threshold;
      m[y / 4 + i] = keep ? m[x / 4 + i] / (1 - rate) : 0;
    }
  },
  gatherRows(table, indices, out, rows, width) {
    const m = view();
    const index = new Int32Array(m.buffer);
    for (let r = 0; r < rows; r++) {
      const row = table / 4 + index[indices / 4 + r] * width;
      m.copyWithin(out / 4 + r * width, row, row + width);
    }
  },
  scatterAddRows(grads, indices, table, rows, width, from, to) {
    const m = view();
    const index = new Int32Array(m.buffer);
    for (let r = 0; r < rows; r++)
      for (let j = from; j < to; j++)
        m[table / 4 + index[indices / 4 + r] * width + j] += m[grads / 4 + r * width + j];
  },
  adam(p, g, m, v, n, rates) {
    const f = view();
    const [rate, a, b, epsilon, factor] = f.subarray(rates / 4, rates / 4 + 5);
    for (let i = 0; i < n; i++) {
      const grad = factor * f[g / 4 + i];
      f[m / 4 + i] += a * (grad - f[m / 4 + i]);
      f[v / 4 + i] += b * (grad * grad - f[v / 4 + i]);
      f[p / 4 + i] -= (rate * f[m / 4 + i]) / (Math.sqrt(f[v / 4 + i]) + epsilon);
    }
  },
});

function mix(value: number): number {
  let v = value ^ (value >>> 16);
  v = Math.imul(v, 0x85ebca6b);
  v ^= v >>> 13;
  v = Math.imul(v, 0xc2b2ae35);
  return (v ^ (v >>> 16)) >>> 0;
}
