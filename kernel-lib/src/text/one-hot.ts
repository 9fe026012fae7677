import { Matrix } from "../math/matrix";

/**
 * One row a token: 1 at the token's number, else 0. [ids.length, size]
 *
 * @throws RangeError for a number outside 0 … size − 1
 */
export function oneHot(ids: ArrayLike<number>, size: number): Matrix {
  const out = Matrix.zeros(ids.length, size);
  for (let r = 0; r < ids.length; r++) {
    const id = ids[r];
    if (!(Number.isInteger(id) && id >= 0 && id < size))
      throw new RangeError(`oneHot: ids[${r}]: expected a whole number from 0 to ${size - 1}, got ${id}`);
    out.data[r * size + id] = 1;
  }
  return out;
}

/** A sequence for `unroll`: `steps[t]` holds the tokens of the batch at step t. T matrices [batch, size] */
export function oneHotSequence(steps: readonly ArrayLike<number>[], size: number): Matrix[] {
  return steps.map((ids) => oneHot(ids, size));
}
