import type { Multiplier } from "../multiplier";
import type { Floats } from "./memory";

/** Products by three loops, in order. */
export const plainMultiplier = (view: Floats): Multiplier => ({
  prepare() {},
  product(a, lda, { address, ld, transposed, k, n, rows }, c, ldc, m) {
    const f = view();
    const columns = transposed ? Math.min(n, rows) : n;
    for (let r = 0; r < m; r++)
      for (let j = 0; j < columns; j++) {
        let sum = f[c / 4 + r * ldc + j];
        for (let p = 0; p < k; p++)
          sum += f[a / 4 + r * lda + p] * f[address / 4 + (transposed ? j * ld + p : p * ld + j)];
        f[c / 4 + r * ldc + j] = sum;
      }
  },
  gradient(a, lda, b, ldb, c, ldc, m, n, k) {
    const f = view();
    for (let r = 0; r < m; r++)
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let p = 0; p < k; p++) sum += f[a / 4 + p * lda + r] * f[b / 4 + p * ldb + j];
        f[c / 4 + r * ldc + j] = sum;
      }
  },
});
