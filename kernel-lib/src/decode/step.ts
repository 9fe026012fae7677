/**
 * One step of any model that predicts the next token: the token it reads and the state before give a score for
 * every token (logits: ln p up to a constant) and the state after. It must leave the state it is given unchanged.
 */
export type DecodeStep<S> = (token: number, state: S) => { logits: ArrayLike<number>; state: S };

export interface DecodeOptions<S> {
  /** The token that is read first; it is not part of the result. */
  start: number;
  /** The state before the first step. */
  state: S;
  /** At most so many tokens. */
  length: number;
  /** The token that ends the sequence; it is the last of the result. */
  stop?: number;
}

/** @throws RangeError if a logit is NaN, or all are −∞ */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) {
    if (Number.isNaN(logits[i]))
      throw new RangeError(`logSoftmax: logits: expected numbers, got NaN at ${i}`);
    max = Math.max(max, logits[i]);
  }
  if (!Number.isFinite(max))
    throw new RangeError(`logSoftmax: logits: expected a finite maximum, got ${max}`);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i] - max);
  const shift = max + Math.log(sum);
  return Float64Array.from(logits, (v) => v - shift);
}

/** The place of the largest value; of equal ones the first, so that decoding is deterministic. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
