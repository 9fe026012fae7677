import { describe, expect, it } from "vitest";
import { blockBootstrapInterval, meanInterval } from "../../src/evaluate/interval";

/** A small generator of the test's own, so that it hangs on nothing else. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** x_t = phi · x_{t−1} + noise, noise uniform on (−0.5, 0.5). */
function autoregression(n: number, phi: number, random: () => number): Float64Array {
  let x = 0;
  return Float64Array.from({ length: n }, () => (x = phi * x + random() - 0.5));
}

describe("meanInterval", () => {
  it("is mean ± t · s / √n: 1, 2, 3, 4, 5 gives 3 ± 2.7764 · √(2.5 / 5)", () => {
    const { mean, low, high } = meanInterval([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(high - mean).toBeCloseTo(1.9632, 4);
    expect(mean - low).toBeCloseTo(1.9632, 4);
  });
  it("wants at least two values", () => {
    expect(() => meanInterval([1])).toThrow("meanInterval: values: expected 2 to 31 of them, got 1");
  });
});

describe("blockBootstrapInterval", () => {
  const width = (values: ArrayLike<number>, blockLength: number) => {
    const { low, high } = blockBootstrapInterval(values, { blockLength, random: uniform(1) });
    return high - low;
  };
  it("with blocks of one has the width 2 · 1.96 · s / √n of independent values", () => {
    const random = uniform(7);
    const values = Float64Array.from({ length: 400 }, random); // s = 1/√12
    expect(width(values, 1)).toBeCloseTo((2 * 1.96) / Math.sqrt(12 * 400), 2);
  });
  it("is wider with blocks where neighbours depend on each other", () => {
    const values = autoregression(1000, 0.9, uniform(3));
    expect(width(values, 25)).toBeGreaterThan(2 * width(values, 1));
  });
  it("holds the true mean in about 95 of 100 series", () => {
    const random = uniform(11);
    let covered = 0;
    for (let series = 0; series < 200; series++) {
      const values = autoregression(400, 0.5, random);
      const { low, high } = blockBootstrapInterval(values, { blockLength: 15, resamples: 400, random });
      if (low <= 0 && 0 <= high) covered++;
    }
    expect(covered / 200).toBeGreaterThan(0.88);
    expect(covered / 200).toBeLessThan(0.99);
  });
  it("gives the same interval for the same generator", () => {
    const values = autoregression(200, 0.5, uniform(5));
    const interval = () => blockBootstrapInterval(values, { blockLength: 10, random: uniform(9) });
    expect(interval()).toEqual(interval());
  });
  it("rejects a block longer than the series", () => {
    expect(() => blockBootstrapInterval([1, 2], { blockLength: 3, random: uniform(1) })).toThrow(
      "blockBootstrapInterval: blockLength: expected a whole number from 1 to 2",
    );
  });
});
