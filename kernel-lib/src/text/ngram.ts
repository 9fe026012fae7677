/** A model that any better one has to beat: it gives each token a probability after the one before. */
export interface NgramModel {
  /** p(next token | previous token) for every token of the vocabulary; sums to 1. */
  probabilities(previous: number): Float64Array;
  /** −ln p of every token after the first, in nats: the same positions that a recurrent model predicts. */
  surprisals(ids: readonly number[]): Float64Array;
}

/**
 * p(b) = (count(b) + k) / (N + k·size): how often a token occurs, smoothed by adding k to every count. The
 * previous token makes no difference.
 *
 * @param ids the training part only
 * @param size of the vocabulary
 */
export function fitUnigram(
  ids: readonly number[],
  { size, k = 1 }: { size: number; k?: number },
): NgramModel {
  if (!(k > 0)) throw new RangeError(`fitUnigram: k: expected a number > 0, got ${k}`);
  const counts = new Float64Array(size);
  for (const id of checked("fitUnigram", ids, size)) counts[id]++;
  const p = counts.map((count) => (count + k) / (ids.length + k * size));
  return withSurprisals(() => p);
}

/**
 * p(b | a) = (count(ab) + T(a)·p(b)) / (count(a) + T(a)), where T(a) is the number of different tokens seen after
 * a: the pair's share, mixed with the unigram the more, the less is known about a (Witten & Bell 1991; nothing to
 * tune). After a token never seen it is the unigram, which is smoothed by adding k.
 *
 * @param ids the training part only
 * @param size of the vocabulary
 */
export function fitBigram(ids: readonly number[], { size, k = 1 }: { size: number; k?: number }): NgramModel {
  const unigram = fitUnigram(ids, { size, k }).probabilities(0);
  const pairs = Array.from({ length: size }, () => new Float64Array(size));
  for (let t = 1; t < ids.length; t++) pairs[ids[t - 1]][ids[t]]++;
  const table = pairs.map((counts) => {
    const total = counts.reduce((sum, n) => sum + n, 0);
    const types = counts.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0);
    return total === 0 ? unigram : counts.map((n, b) => (n + types * unigram[b]) / (total + types));
  });
  return withSurprisals((previous) => table[previous]);
}

function withSurprisals(probabilities: (previous: number) => Float64Array): NgramModel {
  return {
    probabilities,
    surprisals: (ids) =>
      Float64Array.from(
        { length: Math.max(0, ids.length - 1) },
        (_, t) => -Math.log(probabilities(ids[t])[ids[t + 1]]),
      ),
  };
}

function checked(name: string, ids: readonly number[], size: number): readonly number[] {
  const wrong = ids.find((id) => !(Number.isInteger(id) && id >= 0 && id < size));
  if (wrong !== undefined)
    throw new RangeError(`${name}: ids: expected whole numbers from 0 to ${size - 1}, got ${wrong}`);
  return ids;
}
