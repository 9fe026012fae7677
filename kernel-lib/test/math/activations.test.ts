import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradientCheck } from "../../src/bptt/gradient-check";
import {
  activations,
  logistic,
  relu,
  sigmoid,
  softmax,
  softmaxBackward,
  tanh,
} from "../../src/math/activations";
import { Matrix } from "../../src/math/matrix";
import { normal, rng } from "../../src/math/random";

describe("activations", () => {
  it("the logistic function is exact at both ends and symmetric", () => {
    expect(logistic(0)).toBe(0.5);
    expect(logistic(1000)).toBe(1);
    expect(logistic(-1000)).toBe(0);
    expect(logistic(-700)).toBeCloseTo(Math.exp(-700), 310);
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (v) => {
        expect(logistic(v) + logistic(-v)).toBeCloseTo(1, 14);
      }),
    );
  });
  it("act on every element", () => {
    const m = Matrix.from([[-1, 0, 2]]);
    expect(sigmoid(m).toArray()).toEqual([[logistic(-1), 0.5, logistic(2)]]);
    expect(tanh(m).toArray()).toEqual([[Math.tanh(-1), 0, Math.tanh(2)]]);
    expect(relu(m).toArray()).toEqual([[0, 0, 2]]);
    expect(relu(Matrix.from([[Number.NaN]])).toArray()).toEqual([[Number.NaN]]);
  });
  for (const [name, { apply, derivative }] of Object.entries(activations))
    it(`${name} has its derivative, written in terms of the output`, () => {
      const z = normal(rng(1), 3, 4);
      const probe = normal(rng(2), 3, 4);
      const grads = { z: probe.mul(derivative(apply(z))) };
      expect(gradientCheck(() => apply(z).dot(probe), { z }, grads).relativeError).toBeLessThan(1e-7);
    });
});

describe("softmax", () => {
  it("has rows that sum to 1, whatever the size of the logits", () => {
    const p = softmax(
      Matrix.from([
        [1, 2, 3],
        [1e4, 0, -1e4],
      ]),
    );
    expect(p.row(0).sum()).toBeCloseTo(1, 15);
    expect(p.row(1).toArray()).toEqual([[1, 0, 0]]);
  });
  it("does not change when a constant is added to a row", () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: -100, max: 100, noNaN: true }), (seed, shift) => {
        const m = normal(rng(seed), 2, 5);
        expect(softmax(m.map((v) => v + shift)).equals(softmax(m), 1e-12)).toBe(true);
      }),
    );
  });
  it("has its gradient", () => {
    const z = normal(rng(3), 2, 5);
    const probe = normal(rng(4), 2, 5);
    const grads = { z: softmaxBackward(probe, softmax(z)) };
    expect(gradientCheck(() => softmax(z).dot(probe), { z }, grads).relativeError).toBeLessThan(1e-7);
  });
});
