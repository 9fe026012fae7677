/** A right operand [k, n] of a product: a matrix, or the transpose of one, and where its packed form goes. */
export type Operand = {
  readonly address: number;
  /** Row stride of the matrix as it lies in memory. */
  readonly ld: number;
  readonly transposed: boolean;
  readonly k: number;
  /** Columns written, a multiple of 8; of a transposed matrix with `rows` < n rows, the last ones are 0. */
  readonly n: number;
  readonly rows: number;
  readonly panels: number;
};

/** The matrix products of an engine, on addresses in its arena; strides in floats. */
export interface Multiplier {
  /** Called once before products with `b`, after its matrix changed. */
  prepare(b: Operand): void;
  /** c[m, n] += a[m, k] · b */
  product(a: number, lda: number, b: Operand, c: number, ldc: number, m: number): void;
  /** c[m, n] = aᵀ · b for a [k, m], b [k, n]: the gradient of a weight. `scratch` has room for PACK_ROWS·n floats. */
  gradient(
    a: number,
    lda: number,
    b: number,
    ldb: number,
    c: number,
    ldc: number,
    m: number,
    n: number,
    k: number,
    scratch: number,
  ): void;
}
