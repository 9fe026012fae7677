import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradientCheck } from "../../src/bptt/gradient-check";
import { positionalEncoding } from "../../src/cells/positional-encoding";
import { SelfAttention } from "../../src/cells/self-attention";
import { Matrix } from "../../src/math/matrix";
import { rng, shuffle, uniform } from "../../src/math/random";

const make = (seed: number) => {
  const random = rng(seed);
  return { random, layer: SelfAttention.init({ inputSize: 3, units: 4, random }), x: uniform(random, 5, 3) };
};

describe("SelfAttention", () => {
  it("is the mean of the values, weighted by the softmax of the scaled products of query and keys", () => {
    const { layer, x } = make(1);
    const { queryKernel, keyKernel, valueKernel } = layer.params;
    const { y, weights } = layer.forward(x);
    for (let t = 0; t < 5; t++) {
      const query = x.row(t).matmul(queryKernel);
      const scores = [0, 1, 2, 3, 4].map((s) => Math.exp(query.dot(x.row(s).matmul(keyKernel)) / 2));
      const total = scores.reduce((a, b) => a + b);
      const expected = scores.map((score) => score / total);
      expect(weights.row(t).equals(Matrix.from([expected]), 1e-14)).toBe(true);
      const mean = Matrix.from([expected]).matmul(x.matmul(valueKernel));
      expect(y.row(t).equals(mean, 1e-14)).toBe(true);
    }
  });

  it("has exact gradients of its parameters and its input", () => {
    const { random, layer, x } = make(2);
    const probe = uniform(random, 5, 4);
    const loss = () => layer.forward(x).y.dot(probe);
    const { dx, grads } = layer.backward(probe, layer.forward(x).cache);
    expect(gradientCheck(loss, layer.params, grads).relativeError).toBeLessThan(1e-7);
    expect(gradientCheck(loss, { x }, { x: dx }).relativeError).toBeLessThan(1e-7);
  });

  it("knows no order: with its input's rows in another order its outputs are in that order", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { random, layer, x } = make(seed);
        const order = shuffle(random, [0, 1, 2, 3, 4]);
        const rows = (m: Matrix) => Matrix.concatRows(order.map((t) => m.row(t)));
        expect(layer.forward(rows(x)).y.equals(rows(layer.forward(x).y), 1e-13)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it("names an input of the wrong size", () => {
    expect(() => make(1).layer.forward(Matrix.zeros(5, 7))).toThrow(
      "SelfAttention.forward: x: expected [timesteps=5, inputSize=3], got [5, 7]",
    );
  });
});

describe("positionalEncoding", () => {
  it("has sine and cosine of t / 10000^(2k/features) side by side", () => {
    const encoding = positionalEncoding(4, 6);
    for (let t = 0; t < 4; t++)
      for (let k = 0; k < 3; k++) {
        const angle = t / 10000 ** ((2 * k) / 6);
        expect(encoding.at(t, 2 * k)).toBeCloseTo(Math.sin(angle), 13);
        expect(encoding.at(t, 2 * k + 1)).toBeCloseTo(Math.cos(angle), 13);
      }
  });
  it("moves on by a linear map that does not depend on the place: the products depend on the distance alone", () => {
    const encoding = positionalEncoding(12, 8);
    const product = (a: number, b: number) => encoding.row(a).dot(encoding.row(b));
    for (const distance of [1, 3, 5])
      expect(product(2, 2 + distance)).toBeCloseTo(product(6, 6 + distance), 12);
  });
});
