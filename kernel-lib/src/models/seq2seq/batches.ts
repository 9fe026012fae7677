import { type Rng, shuffle } from "../../math/random";
import { assertNotEmpty } from "../../math/shape";

/** Two sequences of token numbers; they may differ in length. Start and stop tokens are added by the model. */
export interface SequencePair {
  readonly source: readonly number[];
  readonly target: readonly number[];
}

/** A batch as `[step][example]`. Targets end with the stop token; behind it nothing counts. */
export interface PairBatch {
  readonly sources: number[][];
  readonly targets: number[][];
  readonly masks: boolean[][];
}

/** @throws RangeError if there is no pair, a source is empty, or the sources differ in length */
export function arrange(where: string, pairs: readonly SequencePair[], stop: number): PairBatch {
  if (pairs.length === 0) throw new RangeError(`${where}: pairs: expected at least one, got none`);
  const { length } = pairs[0].source;
  assertNotEmpty(`${where}: pairs[0].source`, pairs[0].source);
  const other = pairs.findIndex(({ source }) => source.length !== length);
  if (other >= 0)
    throw new RangeError(
      `${where}: pairs[${other}].source: expected ${length} tokens as in the first pair, got ${pairs[other].source.length}`,
    );
  const steps = pairs.reduce((longest, { target }) => Math.max(longest, target.length + 1), 0);
  return {
    sources: byStep(length, (t) => pairs.map(({ source }) => source[t])),
    targets: byStep(steps, (t) => pairs.map(({ target }) => target[t] ?? stop)),
    masks: byStep(steps, (t) => pairs.map(({ target }) => t <= target.length)),
  };
}

/** One epoch's batches, shuffled, each of sources of one length, so that nothing is padded before the encoder. */
export function batchesByLength<P extends SequencePair>(
  pairs: readonly P[],
  batch: number,
  random: Rng,
): P[][] {
  if (!(Number.isInteger(batch) && batch >= 1))
    throw new RangeError(`batchesByLength: batch: expected a whole number ≥ 1, got ${batch}`);
  const groups = new Map<number, P[]>();
  for (const pair of shuffle(random, pairs)) {
    const group = groups.get(pair.source.length);
    if (group) group.push(pair);
    else groups.set(pair.source.length, [pair]);
  }
  const batches = [...groups.values()].flatMap((group) =>
    byStep(Math.ceil(group.length / batch), (k) => group.slice(k * batch, (k + 1) * batch)),
  );
  return shuffle(random, batches);
}

const byStep = <T>(steps: number, make: (t: number) => T): T[] =>
  Array.from({ length: steps }, (_, t) => make(t));
