import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradientCheck, named } from "../../src/bptt/gradient-check";
import { sequenceSoftmaxCrossEntropy, softmaxCrossEntropy } from "../../src/losses/softmax-cross-entropy";
import { softmax } from "../../src/math/activations";
import { Matrix } from "../../src/math/matrix";
import { normal, rng } from "../../src/math/random";

describe("softmaxCrossEntropy", () => {
  it("is −ln of the target's probability, averaged over the rows, in nats", () => {
    const logits = Matrix.from([[Math.log(1), Math.log(3)]]);
    const { loss, probabilities, dLogits, count } = softmaxCrossEntropy(logits, [1]);
    expect(loss).toBeCloseTo(-Math.log(0.75), 15);
    expect(probabilities.equals(Matrix.from([[0.25, 0.75]]), 1e-15)).toBe(true);
    expect(dLogits.equals(Matrix.from([[0.25, -0.25]]), 1e-15)).toBe(true);
    expect(count).toBe(1);
    expect(softmaxCrossEntropy(Matrix.zeros(5, 8), [0, 1, 2, 3, 4]).loss).toBeCloseTo(Math.log(8), 14);
  });
  it("has its exact gradient, with and without a mask", () => {
    const logits = normal(rng(1), 4, 5);
    const targets = [0, 4, 2, 2];
    for (const mask of [undefined, [1, 0, 1, 1], [false, false, true, false]]) {
      const { dLogits } = softmaxCrossEntropy(logits, targets, mask);
      const check = gradientCheck(
        () => softmaxCrossEntropy(logits, targets, mask).loss,
        { logits },
        { logits: dLogits },
      );
      expect(check.relativeError).toBeLessThan(1e-7);
    }
  });
  it("does not count masked rows: the loss is that of the others, their gradient is zero", () => {
    const logits = normal(rng(2), 3, 4);
    const masked = softmaxCrossEntropy(logits, [0, -1, 3], [1, 0, 1]);
    const others = softmaxCrossEntropy(Matrix.concatRows([logits.row(0), logits.row(2)]), [0, 3]);
    expect(masked.loss).toBe(others.loss);
    expect(masked.count).toBe(2);
    expect(masked.dLogits.row(1)).toEqual(Matrix.zeros(1, 4));
  });
  it("does not change when a constant is added to a row", () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: -1e3, max: 1e3, noNaN: true }), (seed, shift) => {
        const logits = normal(rng(seed), 2, 6);
        const shifted = logits.map((v) => v + shift);
        expect(softmaxCrossEntropy(shifted, [1, 2]).loss).toBeCloseTo(
          softmaxCrossEntropy(logits, [1, 2]).loss,
          10,
        );
      }),
    );
  });
  it("has a gradient whose rows sum to 0", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(5), (seed, target) => {
        const { dLogits } = softmaxCrossEntropy(normal(rng(seed), 1, 6), [target]);
        expect(dLogits.sum()).toBeCloseTo(0, 14);
      }),
    );
  });
  it("stays finite for logits of any size", () => {
    const { loss, dLogits } = softmaxCrossEntropy(Matrix.from([[1e4, -1e4]]), [1]);
    expect(loss).toBe(2e4);
    expect(dLogits.toArray()).toEqual([[1, -1]]);
  });
  it("keeps the probabilities of every row", () => {
    const logits = normal(rng(3), 2, 4);
    expect(softmaxCrossEntropy(logits, [0, 0], [1, 0]).probabilities).toEqual(softmax(logits));
  });

  const logits = Matrix.zeros(2, 3);
  const wrong: [string, () => unknown, string][] = [
    [
      "NaN",
      () =>
        softmaxCrossEntropy(
          logits.map((_, i) => (i === 4 ? Number.NaN : 0)),
          [0, 0],
        ),
      "logits: expected finite numbers, got NaN at [1, 1]",
    ],
    [
      "an infinite logit",
      () =>
        softmaxCrossEntropy(
          logits.map((_, i) => (i === 2 ? Number.POSITIVE_INFINITY : 0)),
          [0, 0],
        ),
      "logits: expected finite numbers, got Infinity at [0, 2]",
    ],
    [
      "a target that is no class",
      () => softmaxCrossEntropy(logits, [0, 3]),
      "targets[1]: expected an integer from 0 to 2, got 3",
    ],
    [
      "a target that is no integer",
      () => softmaxCrossEntropy(logits, [0.5, 0]),
      "targets[0]: expected an integer from 0 to 2, got 0.5",
    ],
    ["too few targets", () => softmaxCrossEntropy(logits, [0]), "targets: expected batch=2, got 1"],
    [
      "too long a mask",
      () => softmaxCrossEntropy(logits, [0, 0], [1, 1, 1]),
      "mask: expected batch=2, got 3",
    ],
    [
      "an empty mask",
      () => softmaxCrossEntropy(logits, [0, 0], [0, 0]),
      "mask: expected at least one row to count, got none",
    ],
  ];
  for (const [what, act, message] of wrong)
    it(`names ${what}`, () => {
      expect(act).toThrow(new RangeError(`softmaxCrossEntropy: ${message}`));
    });
});

describe("sequenceSoftmaxCrossEntropy", () => {
  const random = rng(4);
  const logits = Array.from({ length: 3 }, () => normal(random, 2, 4));
  const targets = [
    [0, 1],
    [2, 3],
    [1, 1],
  ]; // steps of rows
  const masks = [
    [1, 1],
    [1, 0],
    [0, 0],
  ];

  it("is the mean over all counted rows of all steps, with its exact gradient", () => {
    const steps = logits.map((step, t) => softmaxCrossEntropy(step, targets[t]).loss);
    expect(sequenceSoftmaxCrossEntropy(logits, targets).loss).toBeCloseTo(
      (steps[0] + steps[1] + steps[2]) / 3,
      14,
    );
    for (const mask of [undefined, masks]) {
      const { dLogits, count } = sequenceSoftmaxCrossEntropy(logits, targets, mask);
      expect(count).toBe(mask ? 3 : 6);
      const loss = () => sequenceSoftmaxCrossEntropy(logits, targets, mask).loss;
      const check = gradientCheck(loss, named("logits", logits), named("logits", dLogits));
      expect(check.relativeError).toBeLessThan(1e-7);
    }
  });
  it("names what has the wrong length", () => {
    expect(() => sequenceSoftmaxCrossEntropy(logits, targets.slice(1))).toThrow(
      new RangeError("sequenceSoftmaxCrossEntropy: targets: expected timesteps=3, got 2"),
    );
    expect(() => sequenceSoftmaxCrossEntropy(logits, [[0, 1], [2], [3, 1]])).toThrow(
      new RangeError("sequenceSoftmaxCrossEntropy: targets[1]: expected batch=2, got 1"),
    );
    expect(() => sequenceSoftmaxCrossEntropy([], [])).toThrow(
      new RangeError("sequenceSoftmaxCrossEntropy: logits: expected at least one step, got none"),
    );
  });
});
