import type { Kernels } from "../kernels";
import { type Floats, logistic } from "./memory";

type LossKernels = Pick<Kernels, "softmaxCrossEntropy" | "squaredError" | "logisticCrossEntropy">;

/** kernel-lib/wasm/softmax.ts and losses.ts in plain loops. */
export const plainLosses = (view: Floats): LossKernels => ({
  softmaxCrossEntropy(logits, targets, losses, rows, classes, width, scale) {
    const m = view();
    const target = new Int32Array(m.buffer);
    for (let r = 0; r < rows; r++) {
      const row = m.subarray(logits / 4 + r * width, logits / 4 + (r + 1) * width);
      const t = target[targets / 4 + r];
      const z = row.slice(0, classes);
      row.fill(0);
      m[losses / 4 + r] = 0;
      if (t < 0) continue;
      const max = Math.max(...z);
      const sum = z.reduce((total, v) => total + Math.exp(v - max), 0);
      z.forEach((v, j) => {
        row[j] = scale * (Math.exp(v - max) / sum - (j === t ? 1 : 0));
      });
      m[losses / 4 + r] = Math.log(sum) + max - z[t];
    }
  },
  squaredError(predictions, targets, losses, rows, units, width, scale) {
    const m = view();
    eachRow(m, predictions, targets, losses, rows, units, width, (p, t) => ({
      loss: (p - t) ** 2,
      gradient: scale * 2 * (p - t),
    }));
  },
  logisticCrossEntropy(logits, targets, losses, rows, units, width, scale) {
    const m = view();
    eachRow(m, logits, targets, losses, rows, units, width, (z, t) => ({
      loss: Math.max(z, 0) - z * t + Math.log1p(Math.exp(-Math.abs(z))),
      gradient: scale * (logistic(z) - t),
    }));
  },
});

function eachRow(
  m: Float32Array,
  predictions: number,
  targets: number,
  losses: number,
  rows: number,
  units: number,
  width: number,
  of: (prediction: number, target: number) => { loss: number; gradient: number },
): void {
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let j = 0; j < width; j++) {
      const at = predictions / 4 + r * width + j;
      if (j >= units) m[at] = 0;
      else {
        const { loss, gradient } = of(m[at], m[targets / 4 + r * width + j]);
        sum += loss;
        m[at] = gradient / units;
      }
    }
    m[losses / 4 + r] = sum / units;
  }
}
