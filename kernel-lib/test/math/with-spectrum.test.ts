import { describe, expect, it } from "vitest";
import { spectralNorm, spectralRadius } from "../../src/math/linalg";
import { rng } from "../../src/math/random";
import { withSpectrum } from "../../src/math/with-spectrum";

describe("withSpectrum", () => {
  it.each([
    [0.5, 0.5],
    [0.5, 3],
    [1, 1.2],
    [1.5, 1.5],
    [0.3, 3],
  ])("gives a matrix of spectral radius %d and norm %d", (radius, norm) => {
    for (const [seed, size] of [
      [1, 2],
      [2, 8],
    ]) {
      const m = withSpectrum(rng(seed), size, { radius, norm });
      expect(spectralNorm(m)).toBeCloseTo(norm, 12);
      expect(spectralRadius(m)).toBeCloseTo(radius, 7);
    }
  });
  it("is symmetric where norm and radius are the same", () => {
    const m = withSpectrum(rng(3), 5, { radius: 0.7, norm: 0.7 });
    expect(m.equals(m.T, 1e-12)).toBe(true);
  });
  it("differs by seed, and is the same for the same seed", () => {
    const of = (seed: number) => withSpectrum(rng(seed), 3, { radius: 0.5, norm: 1 });
    expect(of(1).equals(of(1))).toBe(true);
    expect(of(1).equals(of(2), 1e-3)).toBe(false);
  });
  it("refuses what no matrix has: a norm below the radius", () => {
    expect(() => withSpectrum(rng(1), 3, { radius: 1, norm: 0.9 })).toThrow(
      new RangeError("withSpectrum: expected 0 < radius ≤ norm < ∞, got radius=1, norm=0.9"),
    );
    expect(() => withSpectrum(rng(1), 3, { radius: 0, norm: 0.9 })).toThrow(/radius=0/);
    expect(() => withSpectrum(rng(1), 3, { radius: 1, norm: Number.POSITIVE_INFINITY })).toThrow(
      /norm=Infinity/,
    );
    expect(() => withSpectrum(rng(1), 1, { radius: 1, norm: 1 })).toThrow(
      /size: expected an integer ≥ 2, got 1/,
    );
  });
});
