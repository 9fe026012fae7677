import { afterAll, describe, expect, it } from "vitest";
import { Engine } from "../../dist/engine/engine";
import { dense } from "../../dist/engine/network/dense-layer";
import { Network } from "../../dist/engine/network/network";
import {
  Dense,
  GRUCell,
  LSTMCell,
  logistic,
  Matrix,
  normal,
  RNNCell,
  rng,
  spanJacobians,
  spectralNorm,
  spectralRadius,
  unroll,
} from "../../src";

// What the chapter's section 4 says wrong or too strongly, and what is true.
const numbers = (params: Record<string, Matrix>): number =>
  Object.values(params).reduce((sum, { data }) => sum + data.length, 0);

const engine = new Engine("wasm");
afterAll(() => engine.close());

describe("4.1, a place of its own for each position", () => {
  it("lets a feedforward network learn nothing for a position that the training leaves empty", () => {
    const network = new Network(engine, {
      ...{ batch: 4, timesteps: 1, input: { features: 6 }, seed: 1, loss: "logisticCrossEntropy" },
      layers: [dense({ units: 3 }), dense({ units: 1 })],
    });
    const x = Float32Array.from({ length: 24 }, (_, k) => (k % 6 < 4 ? Math.sin(k) : 0)); // places 4 and 5 are empty
    const before = network.get("0.kernel");
    for (let step = 0; step < 5; step++) network.train(x, Float32Array.from([0, 1, 1, 0]));
    const after = network.get("0.kernel");
    expect([...after.slice(12)]).toEqual([...before.slice(12)]);
    for (let k = 0; k < 12; k++) expect(after[k], `weight ${k}`).not.toBe(before[k]);
    network.release();
  });
});

describe("4.3, weight sharing", () => {
  it("needs n(n + d + 1) weights for any length; a feedforward network needs fewer for few steps, more for many", () => {
    const shared = numbers(RNNCell.init({ inputSize: 16, units: 64, random: rng(1) }).params);
    const feedforward = (steps: number): number =>
      numbers(Dense.init({ inputSize: 16 * steps, units: 64, random: rng(1) }).params);
    expect(shared).toBe(64 * (64 + 16 + 1));
    expect(feedforward(4)).toBeLessThan(shared);
    expect(feedforward(5)).toBe(shared);
    expect(feedforward(6)).toBeGreaterThan(shared);
  });
});

describe("4.4, erratum 5: an eigenvalue above 1 is not enough for an explosion", () => {
  const random = rng(1);
  const recurrentKernel = normal(random, 32, 32, 1.6 / Math.sqrt(32));
  const kernel = normal(random, 32, 32, 1 / Math.sqrt(32));
  const cell = new RNNCell({ kernel, recurrentKernel, bias: Matrix.zeros(1, 32) });
  const noise = Array.from({ length: 60 }, () => normal(random, 1, 32));

  it("lets the gradient of a tanh network with strong inputs vanish where the linear network explodes", () => {
    expect(spectralRadius(recurrentKernel)).toBeGreaterThan(1);
    const linear = Array.from({ length: 29 }).reduce<Matrix>(
      (power) => power.matmul(recurrentKernel),
      recurrentKernel,
    );
    const [span] = spanJacobians(cell, noise.map((x) => x.scale(3)).slice(-30));
    expect(spectralNorm(linear)).toBeGreaterThan(1e3);
    expect(spectralNorm(span)).toBeLessThan(0.1);
  });
});

describe("4.5, the candidate is not a gate", () => {
  const run = (values: number[]) =>
    unroll(
      LSTMCell.init({ inputSize: 1, units: 8, random: rng(1) }),
      values.map((value) => Matrix.full(1, 1, value)),
    ).caches;

  it("takes negative values, where the three gates lie between 0 and 1", () => {
    const caches = run([2, -3, 1]);
    expect(caches.some(({ g }) => g.data.some((v) => v < 0))).toBe(true);
    for (const cache of caches)
      for (const gate of [cache.i, cache.f, cache.o])
        expect(gate.data.every((v) => v > 0 && v < 1)).toBe(true);
  });

  it("keeps σ(1)⁴ = 29 % over four steps with the usual forget bias, 99.3 % a step with the bias 5", () => {
    const kept = logistic(1);
    const [start] = run([0]); // a new cell, before it has seen anything
    expect([...start.f.data]).toEqual(new Array(8).fill(kept));
    expect([...start.i.data]).toEqual(new Array(8).fill(0.5));
    expect(kept * kept * kept * kept).toBeCloseTo(0.2856, 4);
    expect(logistic(5)).toBeCloseTo(0.9933, 4);
  });
});

describe("4.6, the GRU", () => {
  it("has three quarters of the LSTM's weights, and starts with its update gate half open", () => {
    const config = { inputSize: 12, units: 16, random: rng(1) };
    const [gru, lstm] = [GRUCell.init(config), LSTMCell.init(config)];
    expect(numbers(gru.params) * 4).toBe(numbers(lstm.params) * 3);
    const { cache } = gru.forward(Matrix.zeros(1, 12), gru.zeroState(1));
    expect(cache.z.data.every((z) => z === 0.5)).toBe(true);
  });
});
