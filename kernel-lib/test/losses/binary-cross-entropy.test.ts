import { describe, expect, it } from "vitest";
import { gradientCheck } from "../../src/bptt/gradient-check";
import { binaryCrossEntropy } from "../../src/losses/binary-cross-entropy";
import { softmaxCrossEntropy } from "../../src/losses/softmax-cross-entropy";
import { Matrix } from "../../src/math/matrix";
import { normal, rng } from "../../src/math/random";

describe("binaryCrossEntropy", () => {
  it("is the softmax cross-entropy of the two logits 0 and v", () => {
    const v = 1.7;
    for (const y of [0, 1])
      expect(binaryCrossEntropy(Matrix.from([[v]]), Matrix.from([[y]])).loss).toBeCloseTo(
        softmaxCrossEntropy(Matrix.from([[0, v]]), [y]).loss,
        14,
      );
  });
  it("has its exact gradient, also for targets between 0 and 1", () => {
    const logits = normal(rng(1), 3, 2);
    const targets = Matrix.from([
      [0, 1],
      [1, 0.3],
      [0.5, 0],
    ]);
    const { dLogits } = binaryCrossEntropy(logits, targets);
    const check = gradientCheck(
      () => binaryCrossEntropy(logits, targets).loss,
      { logits },
      { logits: dLogits },
    );
    expect(check.relativeError).toBeLessThan(1e-7);
  });
  it("stays finite for logits of any size", () => {
    expect(binaryCrossEntropy(Matrix.from([[1e4, -1e4]]), Matrix.from([[0, 1]])).loss).toBe(1e4);
  });
  it("names a wrong shape, a logit that is not finite and a target that is no probability", () => {
    const zero = Matrix.zeros(1, 1);
    expect(() => binaryCrossEntropy(zero, Matrix.zeros(1, 2))).toThrow(
      new RangeError("binaryCrossEntropy: targets: expected [rows=1, cols=1], got [1, 2]"),
    );
    expect(() => binaryCrossEntropy(Matrix.full(1, 1, Number.NaN), zero)).toThrow(
      new RangeError("binaryCrossEntropy: logits: expected finite numbers, got NaN at [0, 0]"),
    );
    expect(() => binaryCrossEntropy(zero, Matrix.full(1, 1, 2))).toThrow(
      new RangeError("binaryCrossEntropy: targets: expected numbers from 0 to 1, got 2 at 0"),
    );
  });
});
