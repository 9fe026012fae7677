import { afterAll, describe, expect, it } from "vitest";
import { Engine } from "../../dist/engine/engine";
import { dense } from "../../dist/engine/network/dense-layer";
import { Network } from "../../dist/engine/network/network";
import { lstm } from "../../dist/engine/network/recurrent-layer";
import {
  bptt,
  GRUCell,
  HopfieldNetwork,
  JordanCell,
  LSTMCell,
  Matrix,
  RNNCell,
  rng,
  sigmoid,
  uniformSequence,
  unroll,
} from "../../src";

const engine = new Engine("wasm");
afterAll(() => engine.close());

describe("the history's errata and key values", () => {
  it("what Hopfield brought is an energy that no recall raises, and a stored pattern lies in a valley of it (3.1)", () => {
    const random = rng(3);
    const stored = [0, 1, 2].map(() => Array.from({ length: 60 }, () => (random() < 0.5 ? -1 : 1)));
    const network = HopfieldNetwork.store(stored);
    for (const pattern of stored) {
      const steps = network.recall(
        pattern.map((s, i) => (i % 6 === 0 ? -s : s)),
        random,
      );
      expect(steps[steps.length - 1].state).toEqual(pattern);
      expect(steps.length).toBeGreaterThan(1);
      steps.slice(1).forEach(({ energy }, k) => {
        expect(energy).toBeLessThan(steps[k].energy);
      });
    }
  });

  it("a Jordan network whose output says nothing forgets its input at once; an Elman network with the same inputs does not (3.2)", () => {
    const config = { inputSize: 1, units: 1, hiddenUnits: 8, random: rng(1) };
    const { params } = JordanCell.init(config);
    const jordan = new JordanCell({ ...params, outputKernel: Matrix.zeros(8, 1) }); // its output is ½, always
    const elman = RNNCell.init({ inputSize: 1, units: 8, random: rng(1) });
    const bits = (first: number) => [first, 1, 0].map((bit) => Matrix.full(1, 1, bit));
    const hidden = [0, 1].map((first) => unroll(jordan, bits(first)).caches.map((cache) => cache.hidden));
    expect(hidden[0][0].equals(hidden[1][0])).toBe(false);
    expect(hidden[0][1].equals(hidden[1][1])).toBe(true);
    const states = [0, 1].map((first) => unroll(elman, bits(first)).hs[2]);
    expect(states[0].maxAbsDifference(states[1])).toBeGreaterThan(0.01);
  });

  it("σ(1) = 0.731: with the forget bias 1 half is forgotten after 2.2 steps, not “everything remembered” (3.6)", () => {
    const kept = sigmoid(Matrix.full(1, 1, 1)).at(0, 0);
    expect(kept).toBeCloseTo(0.7310585786, 9);
    expect(Math.log(0.5) / Math.log(kept)).toBeCloseTo(2.2127, 3);
  });

  it("the GRU has three quarters of the LSTM's parameters, whatever the sizes", () => {
    const count = (cell: { params: Record<string, Matrix> }) =>
      Object.values(cell.params).reduce((sum, { data }) => sum + data.length, 0);
    for (const [inputSize, units] of [
      [1, 1],
      [64, 128],
      [7, 3],
    ])
      expect(4 * count(GRUCell.init({ inputSize, units, random: rng(1) }))).toBe(
        3 * count(LSTMCell.init({ inputSize, units, random: rng(1) })),
      );
  });

  it("an LSTM with the forget bias 1000 is the one of 1997: f is 1, the cell only adds, training cannot change it", () => {
    const random = rng(2);
    const cell = LSTMCell.init({ inputSize: 2, units: 3, random });
    cell.params.bias.data.fill(1000, 3, 6);
    const xs = uniformSequence(random, { timesteps: 20, batch: 1, features: 2 });
    const { caches, hs } = unroll(cell, xs);
    for (const { f, c, i, g, cNext } of caches) {
      expect([...f.data]).toEqual([1, 1, 1]);
      expect(cNext).toEqual(c.add(i.mul(g)));
    }
    const { grads } = bptt(cell, caches, hs);
    for (const name of ["kernel", "recurrentKernel", "bias"])
      expect(
        grads[name].splitColumns(4)[1].data.every((v) => v === 0),
        name,
      ).toBe(true);
  });

  it("nor can training in the engine change it", () => {
    const network = new Network(engine, {
      ...{ batch: 4, timesteps: 6, input: { features: 1 }, seed: 1, loss: "logisticCrossEntropy" },
      layers: [lstm({ units: 3 }), dense({ units: 1 })],
    });
    network.set(
      "0.bias",
      network.get("0.bias").map((b, j) => (j >= 3 && j < 6 ? 1000 : b)),
    );
    const x = Float32Array.from({ length: 24 }, (_, k) => Math.sin(k));
    const before = network.get("0.kernel");
    for (let step = 0; step < 5; step++) network.train(x, Float32Array.from([0, 1, 1, 0]));
    const after = network.get("0.kernel");
    expect([...network.get("0.bias").slice(3, 6)]).toEqual([1000, 1000, 1000]);
    expect([...after.slice(3, 6)]).toEqual([...before.slice(3, 6)]);
    expect([...after.slice(0, 3)]).not.toEqual([...before.slice(0, 3)]);
    network.release();
  });
});
