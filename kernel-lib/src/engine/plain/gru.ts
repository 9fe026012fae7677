import type { Kernels } from "../kernels";
import { dLogistic, dTanh, eachElement, type Floats, logistic } from "./memory";

type GRUKernels = Pick<
  Kernels,
  | "gruGates"
  | "gruOutput"
  | "gruOutputBackward"
  | "gruGatesBackward"
  | "gruResetAfterForward"
  | "gruResetAfterBackward"
>;

/** kernel-lib/wasm/gru.ts in plain loops. */
export const plainGRU = (view: Floats): GRUKernels => ({
  gruGates(a, h, reset, rows, width) {
    const m = view();
    eachElement(m, 0, rows, width, (r, j) => {
      const [z, rt, at] = [a / 4 + r * 3 * width + j, a / 4 + r * 3 * width + width + j, r * width + j];
      m[z] = logistic(m[z]);
      m[rt] = logistic(m[rt]);
      m[reset / 4 + at] = m[rt] * m[h / 4 + at];
    });
  },

  gruOutput(a, h, hNext, mask, rows, width) {
    const m = view();
    eachElement(m, mask, rows, width, (r, j, masked) => {
      const [z, n, at] = [a / 4 + r * 3 * width + j, a / 4 + r * 3 * width + 2 * width + j, r * width + j];
      const before = m[h / 4 + at];
      m[n] = Math.tanh(m[n]);
      m[hNext / 4 + at] = masked ? before : m[n] + m[z] * (before - m[n]);
    });
  },

  gruOutputBackward(a, h, dy, dh, da, mask, rows, width) {
    const m = view();
    eachElement(m, mask, rows, width, (r, j, masked) => {
      const at = r * width + j;
      const block = (k: number) => r * 3 * width + k * width + j;
      const d = m[dh / 4 + at] + m[dy / 4 + at];
      if (masked) {
        for (let k = 0; k < 3; k++) m[da / 4 + block(k)] = 0;
        m[dh / 4 + at] = d;
        return;
      }
      const [z, n] = [m[a / 4 + block(0)], m[a / 4 + block(2)]];
      m[da / 4 + block(0)] = d * (m[h / 4 + at] - n) * dLogistic(z);
      m[da / 4 + block(2)] = (d - d * z) * dTanh(n);
      m[dh / 4 + at] = d * z;
    });
  },

  gruGatesBackward(a, h, dReset, dh, da, rows, width) {
    const m = view();
    eachElement(m, 0, rows, width, (r, j) => {
      const [at, reset] = [r * width + j, r * 3 * width + width + j];
      const [rt, d] = [m[a / 4 + reset], m[dReset / 4 + at]];
      m[da / 4 + reset] = d * m[h / 4 + at] * dLogistic(rt);
      m[dh / 4 + at] += d * rt;
    });
  },

  gruResetAfterForward(a, u, h, hNext, mask, rows, width) {
    const m = view();
    eachElement(m, mask, rows, width, (row, j, masked) => {
      const at = row * width + j;
      const block = (k: number) => row * 3 * width + k * width + j;
      const z = logistic(m[a / 4 + block(0)] + m[u / 4 + block(0)]);
      const r = logistic(m[a / 4 + block(1)] + m[u / 4 + block(1)]);
      const n = Math.tanh(m[a / 4 + block(2)] + r * m[u / 4 + block(2)]);
      [z, r, n].forEach((value, k) => {
        m[a / 4 + block(k)] = value;
      });
      const before = m[h / 4 + at];
      m[hNext / 4 + at] = masked ? before : n + z * (before - n);
    });
  },

  gruResetAfterBackward(a, u, h, dy, dh, da, mask, rows, width) {
    const m = view();
    eachElement(m, mask, rows, width, (row, j, masked) => {
      const at = row * width + j;
      const block = (k: number) => row * 3 * width + k * width + j;
      const d = m[dh / 4 + at] + m[dy / 4 + at];
      if (masked) {
        for (let k = 0; k < 3; k++) m[da / 4 + block(k)] = m[u / 4 + block(k)] = 0;
        m[dh / 4 + at] = d;
        return;
      }
      const [z, r, n] = [0, 1, 2].map((k) => m[a / 4 + block(k)]);
      const dn = (d - d * z) * dTanh(n);
      const dz = d * (m[h / 4 + at] - n) * dLogistic(z);
      const dr = dn * m[u / 4 + block(2)] * dLogistic(r);
      [dz, dr, dn].forEach((value, k) => {
        m[da / 4 + block(k)] = value;
      });
      [dz, dr, dn * r].forEach((value, k) => {
        m[u / 4 + block(k)] = value;
      });
      m[dh / 4 + at] = d * z;
    });
  },
});
