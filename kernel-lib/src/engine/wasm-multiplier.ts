import type { Multiplier } from "./multiplier";
import { PACK_ROWS } from "./plan";

/** The products that kernel-lib/wasm/gemm.ts exports; strides in floats. */
export type PackedProducts = {
  packPanels(b: number, ldb: number, k: number, n: number, out: number): void;
  packTransposedPanels(b: number, ldb: number, k: number, n: number, out: number): void;
  gemm(
    a: number,
    rowStride: number,
    stepStride: number,
    panels: number,
    c: number,
    ldc: number,
    m: number,
    n: number,
    k: number,
    accumulate: number,
  ): void;
};

/** Products by the WebAssembly kernels. Every element is summed in order, so the bits depend on nothing else. */
export function wasmMultiplier(kernels: PackedProducts): Multiplier {
  return {
    prepare: ({ address, ld, transposed, k, n, rows, panels }) =>
      transposed
        ? kernels.packTransposedPanels(address, ld, k, rows, panels)
        : kernels.packPanels(address, ld, k, n, panels),
    product: (a, lda, { panels, k, n }, c, ldc, m) => kernels.gemm(a, lda, 1, panels, c, ldc, m, n, k, 1),
    gradient: (a, lda, b, ldb, c, ldc, m, n, k, scratch) => {
      for (let from = 0; from < k; from += PACK_ROWS) {
        const depth = Math.min(PACK_ROWS, k - from);
        kernels.packPanels(b + 4 * from * ldb, ldb, depth, n, scratch);
        kernels.gemm(a + 4 * from * lda, 1, lda, scratch, c, ldc, m, n, depth, from > 0 ? 1 : 0);
      }
    },
  };
}
