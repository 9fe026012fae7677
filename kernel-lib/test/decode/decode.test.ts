import fc from "fast-check";
import { expect, it } from "vitest";
import { beamSearch, lengthNormalized } from "../../src/decode/beam-search";
import { greedy } from "../../src/decode/greedy";
import { sample, samplingProbabilities } from "../../src/decode/sample";
import { argmax, type DecodeStep, logSoftmax } from "../../src/decode/step";
import { rng } from "../../src/math/random";

/** A Markov chain over `size` tokens with random logits; the state counts the steps and changes them. */
function chain(seed: number, size: number): DecodeStep<number> {
  const random = rng(seed);
  const table = Array.from({ length: size * size }, () =>
    Array.from({ length: size }, () => 4 * random() - 2),
  );
  return (token, steps) => ({ logits: table[token * size + (steps % size)], state: steps + 1 });
}

/** Every sequence of `length` tokens with its log probability, best first. */
function exhaustive(step: DecodeStep<number>, length: number, stop?: number) {
  const out: { tokens: number[]; logProbability: number }[] = [];
  const visit = (tokens: number[], logProbability: number, token: number, state: number) => {
    if (tokens.length === length || (tokens.length > 0 && token === stop)) {
      out.push({ tokens, logProbability });
      return;
    }
    const next = step(token, state);
    logSoftmax(next.logits).forEach((logP, t) => {
      visit([...tokens, t], logProbability + logP, t, next.state);
    });
  };
  visit([], 0, 0, 0);
  return out.sort((a, b) => b.logProbability - a.logProbability);
}

const from = { start: 0, state: 0 };
const anyChain = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  size: fc.integer({ min: 2, max: 4 }),
  length: fc.integer({ min: 1, max: 4 }),
  stop: fc.option(fc.integer({ min: 0, max: 1 }), { nil: undefined }),
});

it("a beam of width 1 is greedy", () => {
  fc.assert(
    fc.property(anyChain, ({ seed, size, length, stop }) => {
      const step = chain(seed, size);
      const [best] = beamSearch(step, { ...from, length, stop, beamWidth: 1 });
      expect(best.tokens).toEqual(greedy(step, { ...from, length, stop }));
    }),
  );
});

it("a beam of full width finds the best of all sequences, and all the others in order", () => {
  fc.assert(
    fc.property(anyChain, ({ seed, size, length, stop }) => {
      const step = chain(seed, size);
      const all = exhaustive(step, length, stop);
      const beam = beamSearch(step, { ...from, length, stop, beamWidth: size ** length });
      expect(beam[0].tokens).toEqual(all[0].tokens);
      expect(beam).toHaveLength(all.length);
      beam.forEach((hypothesis, k) => {
        expect(hypothesis.logProbability).toBeCloseTo(all[k].logProbability, 10);
      });
    }),
  );
});

it("a wider beam finds a better sequence than greedy where the first step misleads", () => {
  // token 0 looks best at first (0.6), but what follows it is even; after token 1 (0.4) one token is sure
  const step: DecodeStep<number> = (token, t) => ({
    logits: (t === 0 ? [0.6, 0.4] : token === 0 ? [0.5, 0.5] : [0.999, 0.001]).map(Math.log),
    state: t + 1,
  });
  expect(greedy(step, { ...from, length: 2 })).toEqual([0, 0]);
  const [best] = beamSearch(step, { ...from, length: 2, beamWidth: 2 });
  expect(best.tokens).toEqual([1, 0]);
  expect(best.logProbability).toBeCloseTo(Math.log(0.4 * 0.999), 12);
});

it("length normalisation lets a longer sequence win", () => {
  // stopping at once has p = 0.4; going on twice has p = 0.6 · 0.6 = 0.36
  const step: DecodeStep<number> = (_, t) => ({ logits: [0.6, 0.4].map(Math.log), state: t + 1 });
  const search = (score?: (logProbability: number, length: number) => number) =>
    beamSearch(step, { ...from, length: 2, stop: 1, beamWidth: 4, score })[0].tokens;
  expect(search()).toEqual([1]);
  expect(search(lengthNormalized(1))).toEqual([0, 0]);
  expect(search(lengthNormalized(0))).toEqual([1]);
});

it("sampling at a temperature near zero, or among one token, is greedy", () => {
  fc.assert(
    fc.property(anyChain, ({ seed, size, length, stop }) => {
      const step = chain(seed, size);
      const best = greedy(step, { ...from, length, stop });
      expect(sample(step, { ...from, length, stop, random: rng(seed), temperature: 1e-6 })).toEqual(best);
      expect(sample(step, { ...from, length, stop, random: rng(seed), topK: 1 })).toEqual(best);
    }),
  );
});

/** Σ (observed − expected)² / expected */
function chiSquare(
  probabilities: Float64Array,
  seed: number,
  options: { temperature?: number; topK?: number },
) {
  const draws = 20_000;
  const step: DecodeStep<number> = (_, state) => ({ logits: [1, 0, -1, 2, 0.5], state });
  const counts = new Float64Array(5);
  for (const token of sample(step, { ...from, length: draws, random: rng(seed), ...options }))
    counts[token]++;
  return probabilities.reduce(
    (sum, p, i) => sum + (p > 0 ? (counts[i] - draws * p) ** 2 / (draws * p) : counts[i]),
    0,
  );
}

it("tokens come as often as softmax(logits / temperature) says", () => {
  for (const temperature of [0.5, 1, 2]) {
    const weights = [1, 0, -1, 2, 0.5].map((v) => Math.exp(v / temperature));
    const sum = weights.reduce((a, b) => a + b);
    const p = Float64Array.from(weights, (w) => w / sum);
    expect(chiSquare(p, 5, { temperature })).toBeLessThan(18.47); // 4 degrees of freedom, p = 0.001
    const uniform = new Float64Array(5).fill(0.2);
    expect(chiSquare(uniform, 5, { temperature })).toBeGreaterThan(18.47);
  }
});

it("with topK the others never come, and the kept ones keep their ratio", () => {
  const p = samplingProbabilities([1, 0, -1, 2, 0.5], { topK: 2 });
  expect([p[1], p[2], p[4]]).toEqual([0, 0, 0]);
  expect(p[3] / p[0]).toBeCloseTo(Math.E, 12);
  expect(chiSquare(p, 6, { topK: 2 })).toBeLessThan(10.83); // 1 degree of freedom, p = 0.001
  const even = samplingProbabilities([1, 1, 1], { topK: 2 });
  expect(even[0]).toBeCloseTo(0.5, 12);
  expect([even[1], even[2]]).toEqual([even[0], 0]);
});

it("the same seed gives the same sequence", () => {
  const draw = (seed: number) => sample(chain(3, 4), { ...from, length: 50, random: rng(seed) });
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

it("every decoder ends with the stop token, even if it starts from it", () => {
  const step: DecodeStep<number> = (_, t) => ({ logits: t === 2 ? [0, 9] : [9, 0], state: t + 1 });
  const options = { start: 1, state: 0, length: 10, stop: 1 };
  expect(greedy(step, options)).toEqual([0, 0, 1]);
  expect(sample(step, { ...options, random: rng(1), topK: 1 })).toEqual([0, 0, 1]);
  expect(beamSearch(step, { ...options, beamWidth: 1 })[0].tokens).toEqual([0, 0, 1]);
});

it("equal scores fall to the first token; scores that are no numbers are errors", () => {
  expect(argmax([1, 3, 3])).toBe(1);
  expect(() => logSoftmax([0, Number.NaN])).toThrow("logSoftmax: logits: expected numbers, got NaN at 1");
  expect(() => samplingProbabilities([0], { temperature: 0 })).toThrow(
    "samplingProbabilities: temperature: expected a number > 0, got 0",
  );
  expect(() => samplingProbabilities([0], { topK: 0 })).toThrow(
    "samplingProbabilities: topK: expected at least 1, got 0",
  );
  expect(() => beamSearch(chain(1, 2), { ...from, length: 1, beamWidth: 0 })).toThrow(
    "beamSearch: beamWidth: expected a whole number ≥ 1, got 0",
  );
});
