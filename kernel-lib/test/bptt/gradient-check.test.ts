import { describe, expect, it } from "vitest";
import { gradientCheck, named } from "../../src/bptt/gradient-check";
import { Matrix } from "../../src/math/matrix";

describe("gradientCheck", () => {
  const p = Matrix.from([[2, 3]]);
  const loss = () => p.at(0, 0) ** 2 * p.at(0, 1);
  const exact = Matrix.from([[12, 4]]);

  it("passes an exact gradient, and puts the parameters back", () => {
    expect(gradientCheck(loss, { p }, { p: exact }).relativeError).toBeLessThan(1e-9);
    expect(p.toArray()).toEqual([[2, 3]]);
  });
  it("finds the worst entry of a wrong one", () => {
    const worst = gradientCheck(loss, { p }, { p: Matrix.from([[12.0001, 5]]) });
    expect(worst).toMatchObject({ name: "p", index: 1, analytic: 5 });
    expect(worst.numeric).toBeCloseTo(4, 8);
    expect(worst.relativeError).toBeCloseTo(1 / 9, 8);
  });
  it("does not pass NaN", () => {
    const worst = gradientCheck(loss, { p }, { p: Matrix.from([[Number.NaN, 4]]) });
    expect(worst.relativeError).toBe(Number.POSITIVE_INFINITY);
    expect(worst.index).toBe(0);
  });
  it("names a gradient that is missing or has another shape", () => {
    expect(() => gradientCheck(loss, { p }, { q: exact })).toThrow(
      new RangeError("gradientCheck: grads: expected p, got q"),
    );
    expect(() => gradientCheck(loss, { p }, { p: exact.T })).toThrow(
      new RangeError("gradientCheck: grads.p: expected [rows=1, cols=2], got [2, 1]"),
    );
  });
  it("names the matrices of a sequence", () => {
    expect(Object.keys(named("x", [p, p]))).toEqual(["x0", "x1"]);
  });
});
