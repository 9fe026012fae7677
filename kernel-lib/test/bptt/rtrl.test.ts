import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bptt } from "../../src/bptt/bptt";
import { RealTimeRecurrentLearning, rtrl } from "../../src/bptt/rtrl";
import { unroll } from "../../src/bptt/unroll";
import { RNNCell } from "../../src/cells/rnn";
import { activations } from "../../src/math/activations";
import { Matrix } from "../../src/math/matrix";
import { rng, uniform, uniformSequence } from "../../src/math/random";

const names = ["kernel", "recurrentKernel", "bias"] as const;
const make = (seed: number, timesteps: number, activation = activations.tanh) => {
  const random = rng(seed);
  const cell = RNNCell.init({ inputSize: 2, units: 4, random, activation });
  const xs = uniformSequence(random, { timesteps, batch: 1, features: 2 });
  const probes = uniformSequence(random, { timesteps, batch: 1, features: 4 });
  return { random, cell, xs, probes };
};

describe("real-time recurrent learning", () => {
  it("gives the gradients of backpropagation through time, for any length, activation and initial state", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom("tanh", "sigmoid", "relu"),
        (seed, timesteps, name) => {
          const { random, cell, xs, probes } = make(seed, timesteps, activations[name as "tanh"]);
          const h = uniform(random, 1, 4);
          const dhs = probes.map((probe, t) => (t === 0 && timesteps > 1 ? undefined : probe));
          const expected = bptt(cell, unroll(cell, xs, { h }).caches, dhs).grads;
          const grads = rtrl(cell, xs, dhs, h);
          for (const part of names)
            expect(grads[part].maxAbsDifference(expected[part]), part).toBeLessThan(1e-12);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("has the gradient of the present loss at every step, without the past's inputs", () => {
    const { cell, xs, probes } = make(3, 6);
    const learner = new RealTimeRecurrentLearning(cell);
    xs.forEach((x, t) => {
      const h = learner.step(x);
      const seen = xs.slice(0, t + 1);
      const { hs, caches } = unroll(cell, seen);
      expect(h).toEqual(hs[t]);
      const dhs = seen.map((_, k) => (k === t ? probes[t] : undefined));
      const expected = bptt(cell, caches, dhs).grads;
      const grads = learner.gradient(probes[t]);
      for (const part of names) expect(grads[part].maxAbsDifference(expected[part])).toBeLessThan(1e-12);
    });
  });

  it("keeps units × parameters numbers, however long the sequence", () => {
    const { cell, xs } = make(1, 30);
    const learner = new RealTimeRecurrentLearning(cell);
    for (const x of xs) learner.step(x);
    expect(learner.sensitivities.data).toHaveLength(4 * (2 * 4 + 4 * 4 + 4));
  });

  it("names what does not fit", () => {
    const { cell, xs, probes } = make(1, 3);
    expect(() => rtrl(cell, xs, probes.slice(1))).toThrow("rtrl: dhs: expected timesteps=3, got 2");
    expect(() => rtrl(cell, xs, probes, Matrix.zeros(2, 4))).toThrow(
      "RealTimeRecurrentLearning: h: expected [batch=1, units=4], got [2, 4]",
    );
    expect(() => new RealTimeRecurrentLearning(cell).gradient(Matrix.zeros(1, 3))).toThrow(
      "RealTimeRecurrentLearning.gradient: dh: expected [batch=1, units=4], got [1, 3]",
    );
  });
});
