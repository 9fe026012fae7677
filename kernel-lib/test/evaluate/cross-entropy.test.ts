import { expect, it } from "vitest";
import { bitsPerCharacter, crossEntropy, perplexity, surprisals } from "../../src/evaluate/cross-entropy";

it("a coin's cross-entropy is ln 2 nats, 1 bit, perplexity 2", () => {
  const nats = crossEntropy(
    surprisals(
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      [0, 1],
    ),
  );
  expect(nats).toBe(Math.LN2);
  expect(bitsPerCharacter(nats)).toBe(1);
  expect(perplexity(nats)).toBeCloseTo(2, 15);
});

it("a model that knows nothing has the number of tokens as perplexity", () => {
  const even = new Array(7).fill(1 / 7);
  expect(perplexity(crossEntropy(surprisals([even, even], [3, 6])))).toBeCloseTo(7, 12);
});

it("what the model held impossible costs infinitely much", () => {
  expect(crossEntropy(surprisals([[1, 0]], [1]))).toBe(Number.POSITIVE_INFINITY);
});

it("targets that do not fit are errors", () => {
  expect(() => surprisals([[1]], [0, 0])).toThrow("surprisals: targets: expected 1 of them, got 2");
  expect(() => surprisals([[0.5, 0.5]], [2])).toThrow("surprisals: targets[0]: expected 0 to 1, got 2");
  expect(() => crossEntropy([])).toThrow("crossEntropy: surprisalsInNats: expected at least one, got none");
});
