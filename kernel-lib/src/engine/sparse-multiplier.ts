import type { Multiplier } from "./multiplier";

/** What kernel-lib/wasm/sparse.ts exports; strides in floats. */
export type SparseProducts = {
  isSparse(a: number, lda: number, m: number, k: number): number;
  multiplySparse(
    a: number,
    lda: number,
    b: number,
    ldb: number,
    bias: number,
    c: number,
    m: number,
    n: number,
    k: number,
  ): void;
  multiplySparseTransposed(
    a: number,
    lda: number,
    b: number,
    ldb: number,
    c: number,
    ldc: number,
    m: number,
    n: number,
    k: number,
  ): void;
};

/**
 * Passes over the zeros of a layer's input where nearly all of it is zeros, as in one-hot characters: a sum skips only
 * what would have added 0. Everything else goes to `dense`.
 */
export function sparseMultiplier(dense: Multiplier, kernels: SparseProducts): Multiplier {
  return {
    ...dense,
    affine(a, lda, b, bias, c, m) {
      if (b.transposed || !kernels.isSparse(a, lda, m, b.k)) return dense.affine(a, lda, b, bias, c, m);
      kernels.multiplySparse(a, lda, b.address, b.ld, bias, c, m, b.n, b.k);
    },
    gradients(all, b, ldb, n, k, scratch) {
      const sparse = all.filter(({ a, lda, m }) => kernels.isSparse(a, lda, k, m));
      for (const { a, lda, c, ldc, m } of sparse)
        kernels.multiplySparseTransposed(a, lda, b, ldb, c, ldc, m, n, k);
      const others = all.filter((gradient) => !sparse.includes(gradient));
      if (others.length > 0) dense.gradients(others, b, ldb, n, k, scratch);
    },
  };
}
