import { type DecodeOptions, type DecodeStep, logSoftmax } from "./step";

export interface BeamSearchOptions<S> extends DecodeOptions<S> {
  /** How many sequences are kept at every step. */
  beamWidth: number;
  /** What is compared; default the log probability. See `lengthNormalized`. */
  score?: (logProbability: number, length: number) => number;
}

export interface Hypothesis {
  tokens: number[];
  /** Σ ln p of the tokens. */
  logProbability: number;
  score: number;
}

/**
 * Keeps the `beamWidth` best sequences at every step and returns them, best first. With width 1 this is `greedy`;
 * with a width of all sequences it is exhaustive. A sequence that has reached `stop` stays as it is and competes
 * by its score. Of equal scores the one found first wins, so that the result is deterministic.
 */
export function beamSearch<S>(step: DecodeStep<S>, options: BeamSearchOptions<S>): Hypothesis[] {
  const { start, state, length, stop, beamWidth, score = (logProbability) => logProbability } = options;
  if (!(Number.isInteger(beamWidth) && beamWidth >= 1))
    throw new RangeError(`beamSearch: beamWidth: expected a whole number ≥ 1, got ${beamWidth}`);
  let beam: (Hypothesis & { state: S; ended: boolean })[] = [
    { tokens: [], logProbability: 0, score: 0, state, ended: false },
  ];
  for (let t = 0; t < length && beam.some(({ ended }) => !ended); t++) {
    const candidates = beam.flatMap((hypothesis) => {
      if (hypothesis.ended) return [hypothesis];
      const next = step(hypothesis.tokens[t - 1] ?? start, hypothesis.state);
      return Array.from(logSoftmax(next.logits), (logP, token) => {
        const logProbability = hypothesis.logProbability + logP;
        return {
          tokens: [...hypothesis.tokens, token],
          logProbability,
          score: score(logProbability, t + 1),
          state: next.state,
          ended: token === stop,
        };
      });
    });
    beam = candidates.sort((a, b) => b.score - a.score).slice(0, beamWidth);
  }
  return beam.map(({ tokens, logProbability, score }) => ({ tokens, logProbability, score }));
}

/**
 * A score that does not prefer short sequences: ln p / length^α (Wu et al. 2016 use α near 0.6; 0 is the plain log
 * probability, 1 the mean per token).
 */
export function lengthNormalized(alpha: number): (logProbability: number, length: number) => number {
  return (logProbability, length) => logProbability / length ** alpha;
}
