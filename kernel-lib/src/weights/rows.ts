import { Matrix } from "../math/matrix";

/** A matrix as other libraries write it: a list of rows. */
export type Rows = ReadonlyArray<ArrayLike<number>>;

/** The matrix with its `order.length` equal blocks of columns in a new order. */
export function reorderBlocks(m: Matrix, order: readonly number[]): Matrix {
  const blocks = m.splitColumns(order.length);
  return Matrix.concatColumns(order.map((k) => blocks[k]));
}
