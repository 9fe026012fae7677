import { categorical, type Rng } from "../math/random";
import { type DecodeOptions, type DecodeStep, logSoftmax } from "./step";

export interface SampleOptions<S> extends DecodeOptions<S> {
  random: Rng;
  /** Divides the logits: below 1 bolder towards the likely tokens, above 1 more even; default 1. */
  temperature?: number;
  /** Draws among the k most probable tokens only; default all. */
  topK?: number;
}

/** Draws every token from softmax(logits / temperature), among the `topK` most probable ones. */
export function sample<S>(step: DecodeStep<S>, options: SampleOptions<S>): number[] {
  const { random, temperature = 1, topK = Number.POSITIVE_INFINITY } = options;
  const out: number[] = [];
  let { start: token, state } = options;
  while (out.length < options.length && (out.length === 0 || token !== options.stop)) {
    const next = step(token, state);
    state = next.state;
    token = categorical(random, samplingProbabilities(next.logits, { temperature, topK }));
    out.push(token);
  }
  return out;
}

/**
 * softmax(logits / temperature) with all but the `topK` largest set to zero; of equal logits the first ones stay.
 *
 * @throws RangeError unless temperature > 0 and topK ≥ 1
 */
export function samplingProbabilities(
  logits: ArrayLike<number>,
  { temperature = 1, topK = Number.POSITIVE_INFINITY }: { temperature?: number; topK?: number } = {},
): Float64Array {
  if (!(temperature > 0 && Number.isFinite(temperature)))
    throw new RangeError(`samplingProbabilities: temperature: expected a number > 0, got ${temperature}`);
  if (!(topK >= 1)) throw new RangeError(`samplingProbabilities: topK: expected at least 1, got ${topK}`);
  const order = Array.from(logits, (_, i) => i).sort((a, b) => logits[b] - logits[a] || a - b);
  const kept = new Set(order.slice(0, topK));
  const scaled = Float64Array.from(logits, (v, i) =>
    kept.has(i) ? v / temperature : Number.NEGATIVE_INFINITY,
  );
  return logSoftmax(scaled).map(Math.exp);
}
