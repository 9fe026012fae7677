import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import type { FusedLayer } from "../../src/tf/fused-layer";
import type { RecurrentLayers } from "../../src/tf/layers";
import type { TfBackend } from "../../src/tf/load";
import type { TensorFlow } from "../../src/tf/tensorflow";
import { loadBackend } from "./backends";
import { currentEngine, recurrentLayers } from "./dist";

type Kind = "lstm" | "gru" | "simpleRNN";
const kinds: Kind[] = ["lstm", "gru", "simpleRNN"];

/** What the layers do besides computing as Keras does, on one backend of TensorFlow.js. */
export function layerTests(backend: TfBackend): void {
  let tf: TensorFlow;
  let layers: RecurrentLayers;
  beforeAll(async () => {
    tf = await loadBackend(backend);
    layers = recurrentLayers(tf);
  });
  const numbers = (tensor: unknown) => Array.from((tensor as Tensor).dataSync());
  const sequences = (seed = 1) => tf.randomNormal([4, 6, 3], 0, 1, "float32", seed);
  const outputOf = (layer: FusedLayer, x: Tensor, inputs = {}) => numbers(layer.apply(x, inputs));

  describe(`on the ${backend} backend`, () => {
    it.each(["lstm", "simpleRNN"] as const)(
      "%s takes the weights of tf.layers and gives its output",
      (kind) => {
        const config = { units: 5, returnSequences: true };
        const x = sequences();
        const stock = tf.layers[kind]({
          ...config,
          recurrentActivation: "sigmoid",
          recurrentInitializer: "glorotUniform",
        });
        const expected = numbers(stock.apply(x));
        const ours = layers[kind](config);
        ours.apply(x);
        ours.setWeights(stock.getWeights());
        expectClose(outputOf(ours, x), expected);
      },
    );

    it.each(kinds)("%s draws its weights by seed", (kind) => {
      const weights = (seed: number) => {
        const layer = layers[kind]({ units: 4, seed });
        layer.apply(sequences());
        return layer.getWeights().map(numbers);
      };
      expect(weights(3)).toEqual(weights(3));
      expect(weights(3)[0]).not.toEqual(weights(4)[0]);
    });

    it("both directions draw different weights from one seed", () => {
      const both = layers.bidirectional({ layer: layers.lstm({ units: 4, seed: 3 }) });
      both.apply(sequences());
      const weights = both.getWeights().map(numbers);
      expect(weights[0]).not.toEqual(weights[3]);
      expect(weights[1]).not.toEqual(weights[4]);
    });

    it.each(kinds)("%s is saved and loaded with every option", async (kind) => {
      const model = tf.sequential({
        layers: [
          tf.layers.embedding({ inputDim: 7, outputDim: 3, inputLength: 6, maskZero: true }),
          layers.bidirectional({
            layer: layers[kind]({ units: 4, returnSequences: true, seed: 2, dropout: 0.5 }),
          }),
          layers[kind]({ units: 4, goBackwards: true, useBias: false, recurrentDropout: 0.25, seed: 9 }),
          layers.dropout({ rate: 0.5, seed: 1 }),
          tf.layers.dense({ units: 2 }),
        ],
      });
      const tokens = tf.tensor2d(
        [
          [1, 2, 3, 0, 0, 0],
          [4, 5, 6, 1, 2, 0],
        ],
        [2, 6],
      ); // prettier-ignore
      const loaded = await reload(tf, model);
      expect(numbers(loaded.predict(tokens))).toEqual(numbers(model.predict(tokens)));
      expect(loaded.layers[2].getConfig()).toEqual(model.layers[2].getConfig());
    });

    it("GRU keeps its reset convention when it is saved", async () => {
      for (const resetAfter of [true, false]) {
        const gru = layers.gru({ units: 4, inputShape: [6, 3], resetAfter });
        const loaded = await reload(tf, tf.sequential({ layers: [gru] }));
        expect(loaded.layers[0].getConfig().resetAfter).toBe(resetAfter);
        expect(loaded.layers[0].getWeights()[2].shape).toEqual(resetAfter ? [2, 12] : [12]);
      }
    });

    it("an encoder's state starts a decoder, also after loading", async () => {
      const [source, target] = [tf.input({ shape: [6, 3] }), tf.input({ shape: [4, 2] })];
      const [, h, c] = layers.lstm({ units: 5, returnState: true, seed: 1 }).apply(source) as never[];
      const decoder = layers.lstm({ units: 5, returnSequences: true, seed: 2 });
      const model = tf.model({ inputs: [source, target], outputs: decoder.apply([target, h, c]) as never });
      const inputs = [sequences(), tf.randomNormal([4, 4, 2], 0, 1, "float32", 5)];
      const output = numbers(model.predict(inputs));
      const other = numbers(model.predict([sequences(8), inputs[1]]));
      expect(output).not.toEqual(other);
      const loaded = await reload(tf, model);
      expect(numbers(loaded.predict(inputs))).toEqual(output);
    });

    it("a masking layer's mask leaves steps out", () => {
      const x = tf.tensor3d([
        [[1], [0], [2]],
        [[1], [2], [0]],
      ]); // prettier-ignore
      const lstm = layers.lstm({ units: 3, seed: 1 });
      const model = tf.sequential({
        layers: [tf.layers.masking({ maskValue: 0, inputShape: [3, 1] }), lstm],
      });
      const [first, second] = (model.predict(x) as Tensor).arraySync() as number[][];
      expect(first).toEqual(second);
    });

    it.each(kinds)("a stateful %s goes on where the batch before ended, until it is reset", (kind) => {
      const x = sequences();
      const options = { units: 4, seed: 5, returnSequences: true };
      const whole = tf.slice(layers[kind](options).apply(x) as Tensor, [0, 3, 0]);
      const stateful = layers[kind]({ ...options, stateful: true });
      const [before, after] = tf.split(x, 2, 1);
      const start = outputOf(stateful, before);
      expectClose(outputOf(stateful, after), numbers(whole));
      stateful.resetStates();
      expect(outputOf(stateful, before)).toEqual(start);
    });

    it("a stateful layer with another activation, which the engine has not, has the gradient of one without a state", () => {
      const gradient = (stateful: boolean) => {
        const layer = layers.lstm({ units: 4, seed: 5, activation: "relu", stateful });
        return numbers(tf.grad((v) => tf.sum(layer.apply(v) as Tensor))(sequences() as Tensor));
      };
      expect(gradient(true)).toEqual(gradient(false));
    });

    it("dropout draws one mask a batch for all steps, by seed, and only while training", () => {
      const x = tf.ones([2, 6, 30]);
      const make = () => layers.simpleRNN({ units: 4, seed: 5, dropout: 0.5, returnSequences: true });
      const [one, two] = [make(), make()];
      const training = () => outputOf(one, x, { training: true });
      const first = training();
      expect(first).not.toEqual(training());
      expect(outputOf(two, x, { training: true })).toEqual(first);
      expect(outputOf(one, x)).toEqual(outputOf(two, x));
      const sameMask = tf.grad((v) => tf.sum(two.apply(v, { training: true }) as Tensor))(x as Tensor);
      const dropped = (sameMask.arraySync() as number[][][])[0].map((step) => step.map((d) => d === 0));
      expect(new Set(dropped.map((step) => step.join())).size).toBe(1);
      expect(dropped[0].filter(Boolean).length).toBeGreaterThan(5);
    });

    it.each([["lstm"], ["gru"], ["gru, reset before"], ["simpleRNN"]])(
      "%s: recurrent dropout leaves the first step as it is, and comes by seed",
      (name) => {
        const kind = name.split(",")[0] as Kind;
        const options = { units: 8, seed: 5, returnSequences: true, recurrentDropout: 0.5 };
        const make = () =>
          layers[kind](name.includes("before") ? { ...options, resetAfter: false } : options);
        const x = sequences();
        const [layer, same] = [make(), make()];
        const plain = tf.tensor3d(outputOf(layer, x), [4, 6, 8]);
        const dropped = tf.tensor3d(outputOf(layer, x, { training: true }), [4, 6, 8]);
        const step = (t: Tensor, k: number) => numbers(tf.slice(t, [0, k, 0], [-1, 1, -1]));
        expectClose(step(dropped, 0), step(plain, 0));
        expect(step(dropped, 1)).not.toEqual(step(plain, 1));
        expect(numbers(dropped)).toEqual(outputOf(same, x, { training: true }));
      },
    );

    it("a regularizer of the kernel is part of the loss", () => {
      const lstm = layers.lstm({ units: 2, kernelRegularizer: "l1l2", inputShape: [6, 3] });
      tf.sequential({ layers: [lstm] });
      expect(lstm.calculateLosses()[0].dataSync()[0]).toBeGreaterThan(0);
    });

    it("refuses a wrong number of states, a rate out of range, a second derivative", () => {
      const x = sequences();
      const h = tf.zeros([4, 3]);
      expect(() => layers.lstm({ units: 3 }).apply(x, { initialState: [h] })).toThrow(
        "initialState: expected 2 tensors, got 1",
      );
      expect(() => layers.lstm({ units: 3, dropout: 1 })).toThrow(
        "FusedLSTM: dropout: expected a number in [0, 1), got 1",
      );
      expect(() => layers.gru({ units: 3, seed: 0.5 })).toThrow(
        "FusedGRU: seed: expected a whole number, got 0.5",
      );
      const layer = layers.lstm({ units: 3 });
      const loss = (v: Tensor) => tf.sum(layer.apply(v) as Tensor);
      expect(() => tf.grad((v) => tf.sum(tf.grad(loss)(v)))(x as Tensor)).toThrow(
        "expected a first derivative only",
      );
    });
  });

  describe(`memory on the ${backend} backend`, () => {
    const train = async (steps: number, model: LayersModel, x: Tensor, y: Tensor) => {
      for (let step = 0; step < steps; step++) await model.trainOnBatch(x, y);
    };

    it("1,000 training steps take no more than 1 MiB", { timeout: 60_000 }, async () => {
      const [x, y] = [sequences(), tf.ones([4, 1])];
      const lstm = layers.lstm({ units: 8, inputShape: [6, 3], dropout: 0.1 });
      const model = tf.sequential({ layers: [lstm, tf.layers.dense({ units: 1 })] });
      model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      await train(10, model, x, y);
      const { arena } = currentEngine();
      const [tensors, bytes, size] = [tf.memory().numTensors, tf.memory().numBytes, arena.size];
      await train(1000, model, x, y);
      expect(tf.memory().numTensors).toBe(tensors);
      expect(tf.memory().numBytes).toBe(bytes);
      expect(arena.size - size).toBeLessThan(2 ** 20);
      expect(arena.used).toBe(0);
    });

    it("layers that have no part in the gradient hold nothing after the next step", async () => {
      const [x, y] = [sequences(), tf.ones([4, 1])];
      const frozen = layers.lstm({ units: 8, inputShape: [6, 3], trainable: false });
      const model = tf.sequential({ layers: [frozen, tf.layers.dense({ units: 1 })] });
      model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      await train(1, model, x, y);
      const { used } = currentEngine().arena;
      expect(used).toBeGreaterThan(0);
      await train(20, model, x, y);
      expect(currentEngine().arena.used).toBe(used);
      model.predict(x);
      expect(currentEngine().arena.used).toBe(0);
    });

    it("a forward pass that ends in an error holds nothing after the next gradient", () => {
      const layer = layers.gru({ units: 4 });
      const x = sequences() as Tensor;
      const failing = (v: Tensor): Tensor => {
        layer.apply(v);
        throw new Error("no loss");
      };
      expect(() => tf.grad(failing)(x)).toThrow("no loss");
      expect(currentEngine().arena.used).toBeGreaterThan(0);
      tf.grad((v) => tf.sum(layer.apply(v) as Tensor))(x);
      expect(currentEngine().arena.used).toBe(0);
    });
  });
}

async function reload(tf: TensorFlow, model: LayersModel): Promise<LayersModel> {
  type Artifacts = Parameters<Parameters<TensorFlow["io"]["withSaveHandler"]>[0]>[0];
  let saved: Artifacts | undefined;
  const save = tf.io.withSaveHandler(async (artifacts) => {
    saved = artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
  });
  await model.save(save);
  // As it comes from a file.
  const topology = JSON.parse(JSON.stringify((saved as Artifacts).modelTopology));
  return tf.loadLayersModel(tf.io.fromMemory({ ...(saved as Artifacts), modelTopology: topology }));
}

function expectClose(got: readonly number[], want: readonly number[]): void {
  expect(got.length).toBe(want.length);
  expect(want.reduce((most, v, i) => Math.max(most, Math.abs(v - got[i])), 0)).toBeLessThan(1e-5);
}
