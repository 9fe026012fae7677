import { afterAll, describe, expect, it } from "vitest";
import { Engine } from "../../dist/engine/engine";
import { dense } from "../../dist/engine/network/dense-layer";
import { Network } from "../../dist/engine/network/network";
import { LSTMCell, Matrix, RNNCell, rng, spanJacobians, spectralNorm } from "../../src";

const engine = new Engine("wasm");
afterAll(() => engine.close());

describe("the introduction's errata", () => {
  it("a feedforward network finds which of two hints came last in a window, and never in a bag (2.1)", () => {
    const pairs = [0, 1, 2, 3].flatMap((first) => [0, 1, 2, 3].map((last) => [first, last]));
    const opposed = pairs.filter(([first, last]) => first < 2 !== last < 2); // 0 and 1 mean one thing, 2 and 3 the other
    const window = ([first, last]: number[]) =>
      Array.from({ length: 8 }, (_, k) => Number(k === first || k === 4 + last));
    const bag = ([first, last]: number[]) =>
      Array.from({ length: 4 }, (_, k) => Number(k === first) + Number(k === last));
    const right = (view: (pair: number[]) => number[], features: number) => {
      const network = new Network(engine, {
        ...{
          batch: opposed.length,
          timesteps: 1,
          input: { features },
          seed: 1,
          loss: "logisticCrossEntropy",
        },
        layers: [dense({ units: 16, activation: "relu" }), dense({ units: 1 })],
        optimizer: { learningRate: 0.05 },
      });
      const x = Float32Array.from(opposed.flatMap(view));
      const y = Float32Array.from(opposed, ([, last]) => Number(last > 1));
      for (let step = 0; step < 100; step++) network.train(x, y);
      const answers = [...network.predict(x)].filter((logit, k) => Number(logit > 0) === y[k]).length;
      network.release();
      return answers / opposed.length;
    };
    expect(right(window, 8)).toBe(1);
    expect(right(bag, 4)).toBe(0.5);
  });

  const quiet = Array.from({ length: 51 }, () => Matrix.zeros(1, 8)); // inputs that leave the state near zero
  const kept = (cell: Parameters<typeof spanJacobians>[0]) => spectralNorm(spanJacobians(cell, quiet)[1]);

  it("over 50 words a vanilla RNN that starts from a rotation keeps the whole signal (2.2)", () => {
    expect(kept(RNNCell.init({ inputSize: 8, units: 16, random: rng(1) }))).toBeCloseTo(1, 6);
  });

  it("an LSTM that starts with the forget bias 1 loses nearly all of it (2.2)", () => {
    expect(kept(LSTMCell.init({ inputSize: 8, units: 16, random: rng(1) }))).toBeLessThan(0.01);
  });

  it("a forget bias of 4.27 keeps one half for 50 words", () => {
    const keep = Math.exp(Math.log(0.5) / 50);
    expect(Math.log(keep / (1 - keep))).toBeCloseTo(4.27, 2);
  });
});
