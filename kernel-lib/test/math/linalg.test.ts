import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eigenvalues, orthogonal, singularValues, spectralNorm, spectralRadius } from "../../src/math/linalg";
import { Matrix } from "../../src/math/matrix";
import { normal, rng } from "../../src/math/random";

describe("eigenvalues", () => {
  it("of a rotation are complex, e^±iθ", () => {
    const [c, s] = [Math.cos(0.3), Math.sin(0.3)];
    const values = eigenvalues(
      Matrix.from([
        [c, -s],
        [s, c],
      ]),
    );
    expect(values.map(({ re }) => re)).toEqual([expect.closeTo(c, 14), expect.closeTo(c, 14)]);
    expect(values.map(({ im }) => Math.abs(im))).toEqual([expect.closeTo(s, 14), expect.closeTo(s, 14)]);
  });
  it("come with the largest modulus first", () => {
    expect(eigenvalues(Matrix.diagonal([1, -3, 2])).map(({ re }) => re)).toEqual([-3, 2, 1]);
  });
  it("need a square matrix", () => {
    expect(() => eigenvalues(Matrix.zeros(2, 3))).toThrow(
      new RangeError("eigenvalues: m: expected [rows=2, cols=2], got [2, 3]"),
    );
  });
});

describe("spectral radius and norm", () => {
  it("differ: a nilpotent matrix has radius 0 and norm 5; diag(1, 0.1) times it has radius 1.8", () => {
    const w = Matrix.from([
      [2, -4],
      [1, -2],
    ]);
    expect(spectralRadius(w)).toBeCloseTo(0, 7);
    expect(spectralNorm(w)).toBeCloseTo(5, 12);
    expect(spectralRadius(Matrix.diagonal([1, 0.1]).matmul(w))).toBeCloseTo(1.8, 12);
  });
  it("of any matrix: radius ≤ norm ≤ Frobenius norm, and no vector is stretched by more", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 6 }), (seed, n) => {
        const random = rng(seed);
        const m = normal(random, n, n);
        const v = normal(random, n, 1);
        const norm = spectralNorm(m);
        expect(spectralRadius(m)).toBeLessThanOrEqual(norm * (1 + 1e-9));
        expect(norm).toBeLessThanOrEqual(m.norm * (1 + 1e-12));
        expect(m.matmul(v).norm).toBeLessThanOrEqual(norm * v.norm * (1 + 1e-12));
      }),
    );
  });
  it("the singular values are those of the transpose, wide or tall", () => {
    const m = normal(rng(1), 3, 5);
    expect(singularValues(m)).toHaveLength(3);
    expect(singularValues(m.T)).toEqual(singularValues(m));
    expect(Math.hypot(...singularValues(m))).toBeCloseTo(m.norm, 12);
  });
});

describe("orthogonal", () => {
  it("has orthonormal rows, or columns where it is tall", () => {
    for (const [rows, cols] of [
      [5, 5],
      [4, 16],
      [16, 4],
      [60, 60],
    ]) {
      const q = orthogonal(rng(2), rows, cols);
      const gram = rows <= cols ? q.matmulTranspose(q) : q.transposeMatmul(q);
      expect(gram.equals(Matrix.identity(Math.min(rows, cols)), 1e-13)).toBe(true);
    }
  });
});
