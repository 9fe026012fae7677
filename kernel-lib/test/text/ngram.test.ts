import fc from "fast-check";
import { expect, it } from "vitest";
import { fitBigram, fitUnigram } from "../../src/text/ngram";

const total = (p: Float64Array) => p.reduce((sum, v) => sum + v, 0);

it("the unigram is the smoothed share: (count + k) / (n + k·size)", () => {
  const p = fitUnigram([0, 0, 0, 1], { size: 3, k: 1 }).probabilities(0);
  expect([...p]).toEqual([4 / 7, 2 / 7, 1 / 7]);
  const less = fitUnigram([0, 0, 0, 1], { size: 3, k: 0.5 }).probabilities(0);
  expect([...less]).toEqual([3.5 / 5.5, 1.5 / 5.5, 0.5 / 5.5]);
});

it("the bigram mixes pair and unigram by Witten and Bell's weight", () => {
  const ids = [0, 1, 0, 1, 0, 2]; // after 0: 1, 1, 2, so two types in three
  const unigram = fitUnigram(ids, { size: 3 }).probabilities(0);
  const p = fitBigram(ids, { size: 3 }).probabilities(0);
  expect(p[1]).toBeCloseTo((2 + 2 * unigram[1]) / (3 + 2), 15);
  expect(p[0]).toBeCloseTo((0 + 2 * unigram[0]) / (3 + 2), 15);
});

it("after a token that was never followed the bigram is the unigram", () => {
  const ids = [0, 1, 0, 2];
  expect(fitBigram(ids, { size: 4 }).probabilities(3)).toEqual(fitUnigram(ids, { size: 4 }).probabilities(3));
});

it("probabilities are positive and sum to one, whatever was seen", () => {
  const ids = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(ids, fc.integer({ min: 0, max: 5 }), (seen, previous) => {
      for (const model of [fitUnigram(seen, { size: 6 }), fitBigram(seen, { size: 6 })]) {
        const p = model.probabilities(previous);
        expect(total(p)).toBeCloseTo(1, 12);
        expect(Math.min(...p)).toBeGreaterThan(0);
      }
    }),
  );
});

it("surprisals are −ln p of every token after the first", () => {
  const model = fitUnigram([0, 1], { size: 2 });
  expect([...model.surprisals([0, 1, 1])]).toEqual([Math.LN2, Math.LN2]);
  expect(model.surprisals([0])).toHaveLength(0);
});

it("a token outside the vocabulary and a smoothing of zero are errors", () => {
  expect(() => fitUnigram([0, 7], { size: 3 })).toThrow(
    "fitUnigram: ids: expected whole numbers from 0 to 2, got 7",
  );
  expect(() => fitUnigram([0], { size: 1, k: 0 })).toThrow("fitUnigram: k: expected a number > 0, got 0");
});
