import type { Kernels } from "../kernels";
import type { Floats } from "./memory";

/** kernel-lib/wasm/rows.ts in plain loops. */
export const plainRows = (
  view: Floats,
): Pick<Kernels, "broadcastRow" | "clear" | "sumRows" | "sumProducts" | "copyRows"> => ({
  broadcastRow(row, out, rows, width) {
    const m = view();
    for (let r = 0; r < rows; r++) m.copyWithin(out / 4 + r * width, row / 4, row / 4 + width);
  },
  clear(address, floats) {
    view().fill(0, address / 4, address / 4 + floats);
  },
  sumRows(a, ld, rows, width, out) {
    const m = view();
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let r = 0; r < rows; r++) sum += m[a / 4 + r * ld + j];
      m[out / 4 + j] = sum;
    }
  },
  sumProducts(a, lda, b, ldb, rows, width, out) {
    const m = view();
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let r = 0; r < rows; r++) sum += m[a / 4 + r * lda + j] * m[b / 4 + r * ldb + j];
      m[out / 4 + j] = sum;
    }
  },
  copyRows(from, fromStride, to, toStride, rows, floats) {
    const m = view();
    for (let r = 0; r < rows; r++)
      m.copyWithin(to / 4 + r * toStride, from / 4 + r * fromStride, from / 4 + r * fromStride + floats);
  },
});
