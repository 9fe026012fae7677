import type { Multiplier, Operand } from "../multiplier";
import type { Floats } from "./memory";

/** Products by three loops, in order. */
export const plainMultiplier = (view: Floats): Multiplier => ({
  prepare() {},
  product(a, lda, b, c, ldc, m) {
    const f = view();
    rowsTimes(f, a, lda, b, c, ldc, m, (index) => f[index]);
  },
  affine(a, lda, b, bias, c, m) {
    const f = view();
    rowsTimes(f, a, lda, b, c, b.n, m, (_, column) => (bias ? f[bias / 4 + column] : 0));
  },
  gradients(all, b, ldb, n, k) {
    const f = view();
    for (const { a, lda, c, ldc, m } of all)
      for (let r = 0; r < m; r++)
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let p = 0; p < k; p++) sum += f[a / 4 + p * lda + r] * f[b / 4 + p * ldb + j];
          f[c / 4 + r * ldc + j] = sum;
        }
  },
});

/** Every element of c becomes what it starts from, plus that of a·b. */
function rowsTimes(
  f: Float32Array,
  a: number,
  lda: number,
  { address, ld, transposed, k, n, rows }: Operand,
  c: number,
  ldc: number,
  m: number,
  start: (index: number, column: number) => number,
): void {
  const columns = transposed ? Math.min(n, rows) : n;
  for (let r = 0; r < m; r++)
    for (let j = 0; j < n; j++) {
      let sum = start(c / 4 + r * ldc + j, j);
      if (j < columns)
        for (let p = 0; p < k; p++)
          sum += f[a / 4 + r * lda + p] * f[address / 4 + (transposed ? j * ld + p : p * ld + j)];
      f[c / 4 + r * ldc + j] = sum;
    }
}
