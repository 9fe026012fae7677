import type { Kernels } from "./kernels";
import type { Multiplier } from "./multiplier";

const [ROW_MAJOR, NO_TRANSPOSE, TRANSPOSE] = [101, 111, 112];

/**
 * OpenBLAS multiplies without packing its operands first where m·n·k is at most a million: half as fast again for the
 * few rows of a recurrent step, whose right operand is much larger than its left.
 */
const UNPACKED = 1_000_000;
/** With more rows than this, packing costs little. */
const FEW_ROWS = 64;
/** Rows whose results stay in the cache between the bias and the product. */
const BLOCK_ROWS = 128;
/** Rows of the right operand that stay in the cache for all gradients that need them. */
const BLOCK_DEPTH = 512;

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

/** What is copied around the products. */
export type Copies = Pick<Kernels, "broadcastRow"> & {
  /** kernel-lib/wasm/pack.ts */
  transpose(
    a: number,
    lda: number,
    rows: number,
    columns: number,
    out: number,
    ldo: number,
    width: number,
  ): void;
};

/**
 * Products by BLAS on the arena's own memory. A transposed operand is copied once, as products with a transpose are slow.
 *
 * @param base where the arena begins in the process's memory
 */
export function blasMultiplier(sgemm: Sgemm, base: number, copies: Copies): Multiplier {
  /** c[m, n] = aᵀ?·b + beta·c */
  const multiply = (
    transA: number,
    [m, n, k]: readonly [number, number, number],
    a: number,
    lda: number,
    b: number,
    ldb: number,
    beta: number,
    c: number,
    ldc: number,
  ) => sgemm(ROW_MAJOR, transA, NO_TRANSPOSE, m, n, k, 1, base + a, lda, base + b, ldb, beta, base + c, ldc);

  const rowsTimes = (
    a: number,
    lda: number,
    { transposed, address, panels, ld, k, n }: Parameters<Multiplier["prepare"]>[0],
    beta: number,
    c: number,
    ldc: number,
    m: number,
  ) => {
    const [b, ldb] = transposed ? [panels, n] : [address, ld];
    const width = columnsAtATime(m, n, k);
    for (let j = 0; j < n; j += width)
      multiply(NO_TRANSPOSE, [m, Math.min(width, n - j), k], a, lda, b + 4 * j, ldb, beta, c + 4 * j, ldc);
  };

  return {
    prepare({ transposed, address, ld, k, n, rows, panels }) {
      if (transposed) copies.transpose(address, ld, rows, k, panels, n, n);
    },
    product: (a, lda, b, c, ldc, m) => rowsTimes(a, lda, b, 1, c, ldc, m),
    affine(a, lda, b, bias, c, m) {
      if (!bias) return rowsTimes(a, lda, b, 0, c, b.n, m);
      for (let r = 0; r < m; r += BLOCK_ROWS) {
        const [rows, out] = [Math.min(BLOCK_ROWS, m - r), c + 4 * r * b.n];
        copies.broadcastRow(bias, out, rows, b.n);
        rowsTimes(a + 4 * r * lda, lda, b, 1, out, b.n, rows);
      }
    },
    gradients(all, b, ldb, n, k) {
      for (let from = 0; from < k; from += BLOCK_DEPTH) {
        const [depth, beta] = [Math.min(BLOCK_DEPTH, k - from), from > 0 ? 1 : 0];
        for (const { a, lda, c, ldc, m } of all)
          multiply(TRANSPOSE, [m, n, depth], a + 4 * from * lda, lda, b + 4 * from * ldb, ldb, beta, c, ldc);
      }
    },
  };
}

/** Columns of the right operand in one product: multiples of 64, or all. */
function columnsAtATime(m: number, n: number, k: number): number {
  if (m > FEW_ROWS) return n;
  const most = Math.floor(UNPACKED / (m * k) / 64) * 64;
  return most === 0 ? n : Math.min(n, most);
}
