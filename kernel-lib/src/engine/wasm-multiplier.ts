import type { Kernels } from "./kernels";
import type { Multiplier } from "./multiplier";
import { PACK_ROWS } from "./plan";

/** Products by the WebAssembly kernels. Every element is summed in order, so the bits depend on nothing else. */
export function wasmMultiplier(kernels: Kernels): Multiplier {
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
