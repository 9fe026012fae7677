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
  /** Room for k·n floats. */
  readonly panels: number;
};

/** c[m, n] = aᵀ·b for a [k, m] whose rows can be read up to the next multiple of 4: the gradient of a weight. */
export type Gradient = {
  readonly a: number;
  readonly lda: number;
  readonly c: number;
  readonly ldc: number;
  readonly m: number;
};

/** The matrix products of an engine, on addresses in its arena; strides in floats. */
export interface Multiplier {
  /** Called once before products with `b`, after its matrix changed. */
  prepare(b: Operand): void;
  /** c[m, n] += a[m, k] · b */
  product(a: number, lda: number, b: Operand, c: number, ldc: number, m: number): void;
  /** c[m, n] = bias + a[m, k] · b; `bias` is a row [n], or 0 for none; c's rows lie one after the other. */
  affine(a: number, lda: number, b: Operand, bias: number, c: number, m: number): void;
  /** The gradients of weights that share the right operand b [k, n]. `scratch` has room for PACK_ROWS·(n + 4) floats. */
  gradients(all: readonly Gradient[], b: number, ldb: number, n: number, k: number, scratch: number): void;
}
