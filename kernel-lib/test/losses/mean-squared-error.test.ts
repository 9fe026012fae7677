import { describe, expect, it } from "vitest";
import { gradientCheck } from "../../src/bptt/gradient-check";
import { meanSquaredError } from "../../src/losses/mean-squared-error";
import { Matrix } from "../../src/math/matrix";
import { normal, rng } from "../../src/math/random";

describe("meanSquaredError", () => {
  it("is the mean of the squared differences, by hand", () => {
    const { loss, dPrediction } = meanSquaredError(Matrix.from([[1, 2]]), Matrix.from([[0, 4]]));
    expect(loss).toBe(2.5);
    expect(dPrediction.toArray()).toEqual([[1, -2]]);
  });
  it("has its exact gradient", () => {
    const prediction = normal(rng(1), 3, 2);
    const target = normal(rng(2), 3, 2);
    const { dPrediction } = meanSquaredError(prediction, target);
    const check = gradientCheck(
      () => meanSquaredError(prediction, target).loss,
      { prediction },
      { prediction: dPrediction },
    );
    expect(check.relativeError).toBeLessThan(1e-7);
  });
  it("names a wrong shape and a number that is not finite", () => {
    expect(() => meanSquaredError(Matrix.zeros(2, 1), Matrix.zeros(1, 2))).toThrow(
      new RangeError("meanSquaredError: target: expected [rows=2, cols=1], got [1, 2]"),
    );
    expect(() => meanSquaredError(Matrix.full(1, 1, Number.NaN), Matrix.zeros(1, 1))).toThrow(
      new RangeError("meanSquaredError: prediction: expected finite numbers, got NaN at [0, 0]"),
    );
    expect(() => meanSquaredError(Matrix.zeros(1, 1), Matrix.full(1, 1, Number.NaN))).toThrow(
      new RangeError("meanSquaredError: target: expected finite numbers, got NaN at [0, 0]"),
    );
  });
});
