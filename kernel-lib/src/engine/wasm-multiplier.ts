import type { Multiplier } from "./multiplier";
import { PACK_ROWS } from "./plan";

/** What kernel-lib/wasm/gemm.ts and pack.ts export; strides in floats. */
export type PackedProducts = {
  packPanels(b: number, ldb: number, k: number, n: number, out: number): void;
  packTransposedPanels(b: number, ldb: number, k: number, n: number, out: number): void;
  multiply(
    a: number,
    lda: number,
    panels: number,
    start: number,
    startStride: number,
    c: number,
    ldc: number,
    m: number,
    n: number,
    k: number,
  ): void;
  multiplyTransposed(
    a: number,
    lda: number,
    panels: number,
    accumulate: boolean,
    c: number,
    ldc: number,
    m: number,
    n: number,
    k: number,
    tile: number,
  ): void;
};

/** Products by the WebAssembly kernels. Every element is summed in order, so the bits depend on nothing else. */
export function wasmMultiplier(kernels: PackedProducts): Multiplier {
  return {
    prepare: ({ address, ld, transposed, k, n, rows, panels }) =>
      transposed
        ? kernels.packTransposedPanels(address, ld, k, rows, panels)
        : kernels.packPanels(address, ld, k, n, panels),
    product: (a, lda, { panels, k, n }, c, ldc, m) =>
      kernels.multiply(a, lda, panels, c, ldc, c, ldc, m, n, k),
    affine: (a, lda, { panels, k, n }, bias, c, m) =>
      kernels.multiply(a, lda, panels, bias, 0, c, n, m, n, k),
    gradients: (all, b, ldb, n, k, scratch) => {
      const tile = scratch + 4 * PACK_ROWS * n;
      for (let from = 0; from < k; from += PACK_ROWS) {
        const depth = Math.min(PACK_ROWS, k - from);
        kernels.packPanels(b + 4 * from * ldb, ldb, depth, n, scratch);
        for (const { a, lda, c, ldc, m } of all)
          kernels.multiplyTransposed(a + 4 * from * lda, lda, scratch, from > 0, c, ldc, m, n, depth, tile);
      }
    },
  };
}
