import type { Kernels } from "../kernels";
import { dTanh, eachElement, type Floats } from "./memory";

/** kernel-lib/wasm/rnn.ts in plain loops. */
export const plainRNN = (view: Floats): Pick<Kernels, "rnnForward" | "rnnBackward"> => ({
  rnnForward(z, h, hNext, mask, rows, width) {
    const m = view();
    eachElement(m, mask, rows, width, (r, j, masked) => {
      const at = r * width + j;
      m[hNext / 4 + at] = masked ? m[h / 4 + at] : Math.tanh(m[z / 4 + at]);
    });
  },
  rnnBackward(hNext, dy, dh, dz, mask, rows, width) {
    const m = view();
    eachElement(m, mask, rows, width, (r, j, masked) => {
      const at = r * width + j;
      const d = m[dh / 4 + at] + m[dy / 4 + at];
      m[dz / 4 + at] = masked ? 0 : d * dTanh(m[hNext / 4 + at]);
      m[dh / 4 + at] = masked ? d : 0;
    });
  },
});
