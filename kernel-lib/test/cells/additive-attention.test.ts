import { describe, expect, it } from "vitest";
import { gradientCheck, named } from "../../src/bptt/gradient-check";
import { AdditiveAttention } from "../../src/cells/additive-attention";
import { Matrix } from "../../src/math/matrix";
import { rng, uniform, uniformSequence } from "../../src/math/random";

const make = (seed = 1) => {
  const random = rng(seed);
  const attention = AdditiveAttention.init({ queryUnits: 3, memoryUnits: 4, units: 5, random });
  const hs = uniformSequence(random, { timesteps: 6, batch: 2, features: 4 });
  return { random, attention, hs, query: uniform(random, 2, 3) };
};

describe("AdditiveAttention", () => {
  it("computes e = tanh(q·W + h·U)·v, its softmax and the mean of the memory with these weights", () => {
    const { attention, hs, query } = make();
    const { queryKernel, keyKernel, scoreKernel } = attention.params;
    const { context, weights } = attention.forward(query, attention.remember(hs));
    for (let b = 0; b < 2; b++) {
      const scores = hs.map((h) => {
        const z = query.row(b).matmul(queryKernel).add(h.row(b).matmul(keyKernel));
        return Math.exp(z.map(Math.tanh).matmul(scoreKernel).at(0, 0));
      });
      const total = scores.reduce((sum, e) => sum + e);
      const expected = scores.map((e) => e / total);
      expect(weights.row(b).equals(Matrix.from([expected]), 1e-14)).toBe(true);
      const mean = hs.reduce((sum, h, t) => sum.add(h.row(b).scale(expected[t])), Matrix.zeros(1, 4));
      expect(context.row(b).equals(mean, 1e-14)).toBe(true);
    }
  });

  it("has exact gradients of its parameters, the query and every step of the memory", () => {
    const { random, attention, hs, query } = make();
    const probe = uniform(random, 2, 4);
    const loss = () => attention.forward(query, attention.remember(hs)).context.dot(probe);
    const memory = attention.remember(hs);
    const { dQuery, dMemory, grads } = attention.backward(probe, attention.forward(query, memory).cache);
    const { dhs, keyKernel } = attention.rememberBackward(dMemory, memory, hs.length);
    const all = { ...grads, keyKernel };
    expect(gradientCheck(loss, attention.params, all).relativeError).toBeLessThan(1e-7);
    expect(gradientCheck(loss, { query }, { query: dQuery }).relativeError).toBeLessThan(1e-7);
    expect(gradientCheck(loss, named("h", hs), named("h", dhs)).relativeError).toBeLessThan(1e-7);
  });

  it("does not care in which order the memory stands", () => {
    const { attention, hs, query } = make();
    const ahead = attention.forward(query, attention.remember(hs));
    const back = attention.forward(query, attention.remember([...hs].reverse()));
    expect(back.context.equals(ahead.context, 1e-14)).toBe(true);
    expect([...back.weights.row(0).data].reverse()).toEqual([...ahead.weights.row(0).data]);
  });

  it("names a query of the wrong shape, and a memory of another batch", () => {
    const { attention, hs } = make();
    expect(() => attention.forward(Matrix.zeros(2, 4), attention.remember(hs))).toThrow(
      "AdditiveAttention.forward: query: expected [batch=2, queryUnits=3], got [2, 4]",
    );
    expect(() => attention.forward(Matrix.zeros(5, 3), attention.remember(hs))).toThrow(
      "AdditiveAttention.forward: memory.values.rows: expected a multiple of 5, got 12",
    );
  });
});
