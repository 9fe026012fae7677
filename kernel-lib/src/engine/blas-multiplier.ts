import type { Multiplier } from "./multiplier";

const [ROW_MAJOR, NO_TRANSPOSE, TRANSPOSE] = [101, 111, 112];

/** `cblas_sgemm`, with addresses as numbers. */
export type Sgemm = (
  order: number,
  transA: number,
  transB: number,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
  beta: number,
  c: number,
  ldc: number,
) => void;

/**
 * Products by BLAS on the arena's own memory, nothing copied.
 *
 * @param base where the arena begins in the process's memory
 */
export function blasMultiplier(sgemm: Sgemm, base: number): Multiplier {
  return {
    prepare() {},
    product(a, lda, { address, ld, transposed, k, n, rows }, c, ldc, m) {
      const [operation, width] = transposed ? [TRANSPOSE, Math.min(n, rows)] : [NO_TRANSPOSE, n];
      sgemm(
        ROW_MAJOR,
        NO_TRANSPOSE,
        operation,
        m,
        width,
        k,
        1,
        base + a,
        lda,
        base + address,
        ld,
        1,
        base + c,
        ldc,
      );
    },
    gradient(a, lda, b, ldb, c, ldc, m, n, k) {
      sgemm(ROW_MAJOR, TRANSPOSE, NO_TRANSPOSE, m, n, k, 1, base + a, lda, base + b, ldb, 0, base + c, ldc);
    },
  };
}
