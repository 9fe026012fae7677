import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clipByGlobalNorm, clipByValue, globalNorm } from "../../src/bptt/clip";
import { Matrix } from "../../src/math/matrix";
import { normal, rng } from "../../src/math/random";

const gradients = (seed: number) => {
  const random = rng(seed);
  return { kernel: normal(random, 3, 4), bias: normal(random, 1, 4) };
};

describe("clipByGlobalNorm", () => {
  it("returns the norm before, and scales to maxNorm what is above it, keeping the direction", () => {
    const grads = { a: Matrix.from([[3]]), b: Matrix.from([[4]]) };
    expect(clipByGlobalNorm(grads, 1)).toBe(5);
    expect(grads.a.at(0, 0)).toBeCloseTo(0.6, 15);
    expect(grads.b.at(0, 0)).toBeCloseTo(0.8, 15);
  });
  it("leaves a norm of min(norm, maxNorm), and below maxNorm changes nothing", () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.01, max: 20, noNaN: true }), (seed, maxNorm) => {
        const [grads, before] = [gradients(seed), gradients(seed)];
        const norm = clipByGlobalNorm(grads, maxNorm);
        expect(norm).toBe(globalNorm(before));
        expect(globalNorm(grads)).toBeCloseTo(Math.min(norm, maxNorm), 12);
        if (norm <= maxNorm) expect(grads).toEqual(before);
        else expect(grads.kernel.equals(before.kernel.scale(maxNorm / norm), 1e-15)).toBe(true);
      }),
    );
  });
  it("rejects a maxNorm that is not positive, and gradients that are not finite", () => {
    expect(() => clipByGlobalNorm(gradients(1), 0)).toThrow(
      new RangeError("clipByGlobalNorm: maxNorm: expected a number > 0, got 0"),
    );
    expect(() => clipByGlobalNorm({ a: Matrix.full(1, 1, Number.NaN) }, 1)).toThrow(
      new RangeError("clipByGlobalNorm: grads: expected a finite norm, got NaN"),
    );
  });
});

describe("clipByValue", () => {
  it("cuts every entry to ±limit and says how many it cut; the direction may turn", () => {
    const grads = { a: Matrix.from([[7, -0.5, -9]]) };
    expect(clipByValue(grads, 5)).toBe(2);
    expect(grads.a.toArray()).toEqual([[5, -0.5, -5]]);
  });
  it("done twice is done once", () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.01, max: 3, noNaN: true }), (seed, limit) => {
        const grads = gradients(seed);
        clipByValue(grads, limit);
        expect(clipByValue(grads, limit)).toBe(0);
      }),
    );
  });
  it("cuts infinity, and rejects NaN and a limit that is not positive", () => {
    const grads = { a: Matrix.from([[Number.POSITIVE_INFINITY]]) };
    expect(clipByValue(grads, 5)).toBe(1);
    expect(grads.a.toArray()).toEqual([[5]]);
    expect(() => clipByValue({ a: Matrix.full(1, 1, Number.NaN) }, 1)).toThrow(
      new RangeError("clipByValue: grads.a: expected numbers, got NaN at 0"),
    );
    expect(() => clipByValue(grads, -1)).toThrow(
      new RangeError("clipByValue: limit: expected a number > 0, got -1"),
    );
  });
});
