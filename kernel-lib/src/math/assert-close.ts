import type { Matrix } from "./matrix";
import { assertLength } from "./shape";

/** What can be compared number by number: a number, a list of numbers, or a matrix (row by row). */
export type Numbers = number | ArrayLike<number> | Matrix;

/**
 * Throws unless `actual` and `expected` hold equally many numbers and no pair differs by more than `tolerance`.
 * NaN is close to nothing.
 *
 * @param what names the quantity in the message, `"h₂"`
 * @throws RangeError, for instance `assertClose: h₂[0]: expected 0.3828 ± 5e-7, got 0.381992276973615`
 */
export function assertClose(what: string, actual: Numbers, expected: Numbers, tolerance = 1e-12): void {
  const [got, want] = [list(actual), list(expected)];
  assertLength(`assertClose: ${what}`, got, "length", want.length);
  for (let i = 0; i < want.length; i++)
    if (!(Math.abs(got[i] - want[i]) <= tolerance))
      throw new RangeError(`assertClose: ${what}[${i}]: expected ${want[i]} ± ${tolerance}, got ${got[i]}`);
}

function list(numbers: Numbers): ArrayLike<number> {
  if (typeof numbers === "number") return [numbers];
  return "data" in numbers ? numbers.data : numbers;
}
