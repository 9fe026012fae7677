import type { Kernels } from "../kernels";
import { dLogistic, dTanh, eachElement, type Floats, logistic } from "./memory";

/** kernel-lib/wasm/lstm.ts in plain loops. */
export const plainLSTM = (view: Floats): Pick<Kernels, "lstmForward" | "lstmBackward"> => ({
  lstmForward(z, c, h, cNext, hNext, tanhC, peephole, mask, rows, width) {
    const m = view();
    const p = (gate: number, j: number) => (peephole ? m[peephole / 4 + gate * width + j] : 0);
    eachElement(m, mask, rows, width, (r, j, masked) => {
      const at = r * width + j;
      const gate = (k: number) => z / 4 + r * 4 * width + k * width + j;
      const before = m[c / 4 + at];
      if (masked) {
        for (let k = 0; k < 4; k++) m[gate(k)] = 0;
        m[cNext / 4 + at] = before;
        m[hNext / 4 + at] = m[h / 4 + at];
        m[tanhC / 4 + at] = 0;
        return;
      }
      const i = logistic(m[gate(0)] + p(0, j) * before);
      const f = logistic(m[gate(1)] + p(1, j) * before);
      const g = Math.tanh(m[gate(2)]);
      const after = f * before + i * g;
      const o = logistic(m[gate(3)] + p(2, j) * after);
      const t = Math.tanh(after);
      [i, f, g, o].forEach((value, k) => {
        m[gate(k)] = value;
      });
      m[cNext / 4 + at] = after;
      m[tanhC / 4 + at] = t;
      m[hNext / 4 + at] = o * t;
    });
  },

  lstmBackward(gates, c, tanhC, dy, dh, dc, dz, peephole, mask, rows, width) {
    const m = view();
    const p = (gate: number, j: number) => (peephole ? m[peephole / 4 + gate * width + j] : 0);
    eachElement(m, mask, rows, width, (r, j, masked) => {
      const at = r * width + j;
      const block = (k: number) => r * 4 * width + k * width + j;
      const d = m[dh / 4 + at] + m[dy / 4 + at];
      if (masked) {
        for (let k = 0; k < 4; k++) m[dz / 4 + block(k)] = 0;
        m[dh / 4 + at] = d;
        return;
      }
      const [i, f, g, o] = [0, 1, 2, 3].map((k) => m[gates / 4 + block(k)]);
      const [t, before] = [m[tanhC / 4 + at], m[c / 4 + at]];
      const dzo = d * t * dLogistic(o);
      const dAfter = m[dc / 4 + at] + d * o * dTanh(t) + dzo * p(2, j);
      const [dzi, dzf] = [dAfter * g * dLogistic(i), dAfter * before * dLogistic(f)];
      [dzi, dzf, dAfter * i * dTanh(g), dzo].forEach((value, k) => {
        m[dz / 4 + block(k)] = value;
      });
      m[dc / 4 + at] = dAfter * f + dzi * p(0, j) + dzf * p(1, j);
      m[dh / 4 + at] = 0;
    });
  },
});
