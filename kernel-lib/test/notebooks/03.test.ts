import { afterAll, describe, expect, it } from "vitest";
import { Engine } from "../../dist/engine/engine";
import { dense } from "../../dist/engine/network/dense-layer";
import { Network } from "../../dist/engine/network/network";
import { lstm } from "../../dist/engine/network/recurrent-layer";
import { bptt, GRUCell, LSTMCell, Matrix, rng, sigmoid, uniformSequence, unroll } from "../../src";

const engine = new Engine("wasm");
afterAll(() => engine.close());

describe("the history's errata and key values", () => {
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
