import { afterAll, describe, expect, it } from "vitest";
import { Engine } from "../../dist/engine/engine";
import { bidirectional } from "../../dist/engine/network/bidirectional-layer";
import type { NetworkConfig } from "../../dist/engine/network/config";
import { dense } from "../../dist/engine/network/dense-layer";
import { dropout } from "../../dist/engine/network/dropout-layer";
import { embedding } from "../../dist/engine/network/embedding-layer";
import { Network } from "../../dist/engine/network/network";
import {
  gru,
  gruResetBefore,
  lstm,
  peepholeLSTM,
  simpleRNN,
} from "../../dist/engine/network/recurrent-layer";
import { rng } from "../../src/math/random";

const engines = {
  "wasm, 1 thread": new Engine("wasm", { threads: 1 }),
  "wasm, 2 threads": new Engine("wasm", { threads: 2 }),
  "native, 2 threads": new Engine("native", { threads: 2 }),
  plain: new Engine("plain"),
};
afterAll(() => {
  for (const engine of Object.values(engines)) engine.close();
});

const common = { batch: 5, timesteps: 6, seed: 3 };
const networks: Record<string, NetworkConfig> = {
  "two LSTMs, softmax at every step": {
    ...common,
    input: { features: 7 },
    layers: [
      lstm({ units: 6, returnSequences: true }),
      lstm({ units: 9, returnSequences: true }),
      dense({ units: 5 }),
    ],
    loss: "softmaxCrossEntropy",
  },
  "GRUs of both kinds, relu, squared error": {
    ...common,
    input: { features: 3 },
    layers: [
      gru({ units: 5, returnSequences: true }),
      gruResetBefore({ units: 8 }),
      dense({ units: 4, activation: "relu" }),
      dense({ units: 1 }),
    ],
    loss: "squaredError",
  },
  "embedding, bidirectional layers, logistic loss": {
    ...common,
    input: "indices",
    layers: [
      embedding({ entries: 11, units: 6 }),
      bidirectional("lstm", { units: 5, returnSequences: true }),
      bidirectional("gruResetAfter", { units: 3 }),
      dense({ units: 1 }),
    ],
    loss: "logisticCrossEntropy",
  },
  "peephole LSTM, simple RNN, dropout": {
    ...common,
    input: { features: 4 },
    layers: [
      peepholeLSTM({ units: 6, returnSequences: true }),
      dropout(0.4),
      simpleRNN({ units: 7 }),
      dense({ units: 3 }),
    ],
    loss: "softmaxCrossEntropy",
  },
};

const undropped: Record<string, NetworkConfig["layers"]> = {
  "peephole LSTM, simple RNN, dropout": [
    peepholeLSTM({ units: 6, returnSequences: true }),
    dropout(0),
    simpleRNN({ units: 7 }),
    dense({ units: 3 }),
  ],
};

/** Data that fits a network's input and output. */
function data({ batch, timesteps, input, loss, layers }: NetworkConfig, steps: number, units: number) {
  const random = rng(17);
  const pick = (n: number) => Math.floor(random() * n);
  const x =
    input === "indices"
      ? Int32Array.from({ length: batch * timesteps }, () => pick(11))
      : Float32Array.from({ length: batch * timesteps * input.features }, () => 2 * random() - 1);
  const y =
    loss === "softmaxCrossEntropy"
      ? Int32Array.from({ length: batch * steps }, (_, i) => (i === 1 ? -1 : pick(units)))
      : Float32Array.from({ length: batch * steps * units }, () => pick(2));
  return { x, y, layers };
}

const outputs: Record<string, [steps: number, units: number]> = {
  "two LSTMs, softmax at every step": [6, 5],
  "GRUs of both kinds, relu, squared error": [1, 1],
  "embedding, bidirectional layers, logistic loss": [1, 1],
  "peephole LSTM, simple RNN, dropout": [1, 3],
};

describe.each(Object.entries(networks))("%s", (name, config) => {
  const { x, y } = data(config, ...outputs[name]);
  const train = (engine: Engine, steps: number) => {
    const network = new Network(engine, config);
    const losses = Array.from({ length: steps }, () => network.train(x, y));
    const names = network.parameters.map((parameter) => parameter.name);
    const result = {
      losses,
      weights: names.map((n) => network.get(n)),
      gradients: names.map((n) => network.gradient(n)),
      output: network.predict(x),
    };
    network.release();
    return result;
  };

  it("has the gradients that central differences of its loss have", () => {
    // evaluate() drops nothing, so the gradient is that of the same stack with a dropout rate of 0.
    const network = new Network(engines["wasm, 1 thread"], {
      ...config,
      layers: undropped[name] ?? config.layers,
    });
    network.train(x, y);
    for (const { name: parameter } of network.parameters) {
      const before = network.parameters.map((p) => [p.name, network.get(p.name)] as const);
      network.train(x, y);
      const gradient = network.gradient(parameter);
      for (const [n, values] of before) network.set(n, values);
      const values = network.get(parameter);
      for (let i = 0; i < values.length; i += Math.ceil(values.length / 7)) {
        const moved = (delta: number) => {
          const copy = values.slice();
          copy[i] += delta;
          network.set(parameter, copy);
          const loss = network.evaluate(x, y);
          network.set(parameter, values);
          return loss;
        };
        const numeric = (moved(1e-2) - moved(-1e-2)) / 2e-2;
        expect(Math.abs(numeric - gradient[i]), `${parameter}[${i}]`).toBeLessThan(1e-3);
      }
    }
    network.release();
  });

  it("trains alike on the plain engine", () => {
    const [wasm, plain] = [train(engines["wasm, 1 thread"], 4), train(engines.plain, 4)];
    wasm.losses.forEach((loss, i) => {
      expect(loss).toBeCloseTo(plain.losses[i], 4);
    });
    wasm.gradients.forEach((gradient, k) => {
      gradient.forEach((g, i) => {
        expect(Math.abs(g - plain.gradients[k][i])).toBeLessThan(2e-3);
      });
    });
  });

  it("trains to the same bits with one and two threads, and its loss falls", () => {
    const [one, two] = [train(engines["wasm, 1 thread"], 60), train(engines["wasm, 2 threads"], 60)];
    expect(two).toEqual(one);
    expect(one.losses[59]).toBeLessThan(one.losses[0]);
  });

  it("gives all its room back", () => {
    train(engines.plain, 1);
    expect(engines.plain.arena.used).toBe(0);
  });
});

it("does not grow over a thousand training steps", () => {
  const engine = engines["wasm, 2 threads"];
  const name = "two LSTMs, softmax at every step";
  const network = new Network(engine, networks[name]);
  const { x, y } = data(networks[name], ...outputs[name]);
  network.train(x, y);
  const size = engine.arena.size;
  for (let step = 0; step < 1000; step++) network.train(x, y);
  expect(engine.arena.size).toBe(size);
  network.release();
});

it("stops before the step where the loss is not a number, and keeps the weights", () => {
  const name = "two LSTMs, softmax at every step";
  const network = new Network(engines["wasm, 1 thread"], networks[name]);
  const { x, y } = data(networks[name], ...outputs[name]);
  const kernel = network.get("0.kernel");
  (x as Float32Array)[3] = Number.NaN;
  expect(() => network.train(x, y)).toThrow("Network.train: step 1: the loss is NaN");
  expect(network.get("0.kernel")).toEqual(kernel);
  network.release();
});
