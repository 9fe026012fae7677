import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TfBackend } from "../../../src/tf/load";
import type { TensorFlow } from "../../../src/tf/tensorflow";
import type { TrainingOptions } from "../../../src/tf/trainer/fit";
import { loadBackend } from "../backends";
import { fit, recurrentLayers } from "../dist";
import { digest, makeModel, task } from "./task";

/** The trainer on one backend of TensorFlow.js. */
export function fitTests(backend: TfBackend): void {
  let tf: TensorFlow;
  const folder = mkdtempSync(join(tmpdir(), "fit-"));
  beforeAll(async () => {
    tf = await loadBackend(backend);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const common: TrainingOptions = {
    epochs: 3,
    batchSize: 16,
    seed: 5,
    validationSplit: 0.25,
    show: "nothing",
  };
  const train = async (options: Partial<TrainingOptions> = {}, model = makeModel(tf)) => {
    const history = await fit(model, task(tf), { ...common, ...options });
    return { history, model, digest: digest(model) };
  };

  describe(`fit on the ${backend} backend`, () => {
    it("gives the same weights and losses for the same seed, others for another", async () => {
      const [one, two, other] = [await train(), await train(), await train({ seed: 6 })];
      expect(two).toMatchObject({ digest: one.digest, history: one.history });
      expect(other.digest).not.toBe(one.digest);
    });

    it("lowers the loss and reports loss, validation loss and metrics of every epoch", async () => {
      const { history } = await train({ epochs: 25 });
      expect(history.epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 25 }, (_, k) => k + 1));
      expect(history.epochs[24].loss).toBeLessThan(0.5 * history.epochs[0].loss);
      expect(Object.keys(history.epochs[0])).toEqual(["epoch", "loss", "validationLoss", "metrics"]);
      expect(Object.keys(history.epochs[0].metrics)).toEqual(["acc", "val_acc"]);
    });

    it("a resumed training has the weights and history of one that was not cut off", async () => {
      // Small batches: after a few steps alone, powers of Adam's β have the bits of its products.
      const options = { batchSize: 4, earlyStopping: { patience: 4 } };
      const checkpoint = { folder: join(folder, "resume") };
      const whole = await train({ ...options, epochs: 4 });
      await train({ ...options, epochs: 2, checkpoint });
      const resumed = await train({ ...options, epochs: 4, checkpoint, resume: true });
      expect(resumed.history.epochs).toEqual(whole.history.epochs);
      expect(resumed.digest).toBe(whole.digest);
    });

    it.each(["sgd", "momentum", "rmsprop", "adagrad", "adadelta"] as const)(
      "resumes with the state of %s",
      async (name) => {
        const model = () => {
          const made = makeModel(tf);
          const optimizer = name === "momentum" ? tf.train.momentum(0.1, 0.9) : tf.train[name](0.1);
          made.compile({ optimizer, loss: "sparseCategoricalCrossentropy" });
          return made;
        };
        const checkpoint = { folder: join(folder, name) };
        const whole = await train({ epochs: 2 }, model());
        await train({ epochs: 1, checkpoint }, model());
        expect((await train({ epochs: 2, checkpoint, resume: true }, model())).digest).toBe(whole.digest);
      },
    );

    it("NaN in the data stops it with step and norm, and the weights of the step before", async () => {
      const model = makeModel(tf);
      model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      const { x } = task(tf, 32);
      const y = tf.tensor2d(Array.from({ length: 32 }, (_, i) => [0, 0, i < 16 ? 1 : Number.NaN]));
      const weights: string[] = [];
      const training = fit(
        model,
        { x, y },
        {
          ...common,
          validationSplit: 0,
          shuffle: false,
          onStep: () => weights.push(digest(model)),
        },
      );
      await expect(training).rejects.toMatchObject({ name: "DivergenceError", step: 2 });
      expect(weights).toHaveLength(1);
      expect(digest(model)).toBe(weights[0]);
      expect(Object.hasOwn(model.optimizer, "computeGradients")).toBe(false);
    });
  });

  describe("fit", () => {
    it("early stopping ends it and brings the best epoch's weights back", async () => {
      const digests: string[] = [];
      const model = makeModel(tf, { learningRate: 0.3 });
      const { history } = await train(
        { epochs: 50, earlyStopping: { patience: 2 }, onEpoch: () => digests.push(digest(model)) },
        model,
      );
      const { epochs, bestEpoch, stopped } = history;
      expect(stopped).toBe("earlyStopping");
      expect(epochs).toHaveLength(bestEpoch + 2);
      const losses = epochs.map(({ validationLoss }) => validationLoss as number);
      expect(losses[bestEpoch - 1]).toBe(Math.min(...losses));
      expect(digest(model)).toBe(digests[bestEpoch - 1]);
    });

    it("early stopping can keep the last weights, and waits for minDelta", async () => {
      const digests: string[] = [];
      const model = makeModel(tf);
      const earlyStopping = { patience: 2, minDelta: 10, restoreBestWeights: false };
      const { history } = await train(
        { epochs: 9, earlyStopping, onEpoch: () => digests.push(digest(model)) },
        model,
      );
      expect(history.epochs).toHaveLength(3);
      expect(digest(model)).toBe(digests[2]);
    });

    it("takes the samples in a new order each epoch, and in their own where it shall not shuffle", async () => {
      const losses = async (shuffle: boolean) => {
        const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
        model.compile({ optimizer: tf.train.sgd(0), loss: "meanSquaredError" });
        const x = tf.range(0, 8).reshape([8, 1]);
        const steps: number[] = [];
        const onStep = ({ loss }: { loss: number }) => steps.push(loss);
        await fit(model, { x, y: x }, { epochs: 2, batchSize: 1, seed: 1, shuffle, onStep, show: "nothing" });
        return [steps.slice(0, 8), steps.slice(8)];
      };
      const [first, second] = await losses(true);
      expect(second).not.toEqual(first);
      expect([...second].sort()).toEqual([...first].sort());
      const [straight, again] = await losses(false);
      expect(again).toEqual(straight);
    });

    it("validates on the last samples, which training never sees", async () => {
      const [one, two] = [makeModel(tf), makeModel(tf)];
      const { x, y } = task(tf);
      await fit(one, { x, y }, { ...common, shuffle: true });
      await fit(two, { x: x.slice(0, 48), y: y.slice(0, 48) }, { ...common, validationSplit: 0 });
      expect(digest(two)).toBe(digest(one));
    });

    it("clipNorm scales a step's gradients down to the norm", async () => {
      const moved = async (clipNorm?: number) => {
        const model = makeModel(tf);
        model.compile({ optimizer: tf.train.sgd(1), loss: "sparseCategoricalCrossentropy" });
        const before = model.getWeights().map((w) => w.clone());
        let norm = 0;
        const onStep = (step: { gradientNorm: number }) => {
          norm = step.gradientNorm;
        };
        await fit(model, task(tf, 16), { ...common, epochs: 1, validationSplit: 0, clipNorm, onStep });
        const squares = model
          .getWeights()
          .map((w, k) => tf.sum(tf.square(tf.sub(w, before[k]))).dataSync()[0]);
        return { norm, distance: Math.sqrt(squares.reduce((a, b) => a + b)) };
      };
      const free = await moved();
      expect(free.distance).toBeCloseTo(free.norm, 5);
      const clipped = await moved(0.01);
      expect(clipped.norm).toBeCloseTo(free.norm, 6);
      expect(clipped.distance).toBeCloseTo(0.01, 6);
    });

    it("saves every n epochs and after the last, and leaves one file", async () => {
      const checkpoint = { folder: join(folder, "every"), every: 2 };
      await train({ epochs: 1, checkpoint });
      const once = await train({ epochs: 1, checkpoint, resume: true });
      expect(once.history.epochs).toHaveLength(1);
      expect(readdirSync(checkpoint.folder)).toEqual(["checkpoint.safetensors"]);
    });

    it("refuses to resume with another seed, and a torn file", async () => {
      const checkpoint = { folder: join(folder, "refused") };
      await train({ epochs: 1, checkpoint });
      const resume = { epochs: 2, checkpoint, resume: true };
      await expect(train({ ...resume, seed: 6 })).rejects.toThrow(
        /fit: resume: seed: expected 5 as in .*, got 6/,
      );
      await expect(train({ ...resume, earlyStopping: { patience: 1 } })).rejects.toThrow(
        "restoreBestWeights: expected false as in",
      );
      writeFileSync(join(checkpoint.folder, "checkpoint.safetensors"), "torn");
      await expect(train(resume)).rejects.toThrow("decodeSafetensors: bytes: expected a header");
    });

    it("a stateful model starts every epoch from a zero state and reads in order", async () => {
      const { lstm } = recurrentLayers(tf);
      const make = () => {
        const layer = lstm({ units: 1, seed: 1, stateful: true, batchInputShape: [2, 3, 1] });
        const model = tf.sequential({ layers: [layer] });
        model.compile({ optimizer: tf.train.sgd(0), loss: "meanSquaredError" });
        return model;
      };
      const data = { x: tf.ones([8, 3, 1]), y: tf.zeros([8, 1]) };
      const options = { ...common, epochs: 2, batchSize: 2, validationSplit: 0.5 };
      const losses: number[] = [];
      const { epochs } = await fit(make(), data, { ...options, onStep: ({ loss }) => losses.push(loss) });
      expect(losses[1]).not.toBe(losses[0]);
      expect(losses.slice(2)).toEqual(losses.slice(0, 2));
      // The same four samples are held out: they too are read from a zero state.
      expect(epochs[0].validationLoss).toBeCloseTo(epochs[0].loss, 6);
      await expect(fit(make(), data, { ...options, shuffle: true })).rejects.toThrow(
        "fit: shuffle: expected false for a stateful model, got true",
      );
    });

    it("trains a model of several inputs and outputs", async () => {
      const inputs = [tf.input({ shape: [1] }), tf.input({ shape: [1] })];
      const dense = (name: string) => tf.layers.dense({ units: 1, name, kernelInitializer: "ones" });
      const outputs = [
        dense("sum").apply(tf.layers.concatenate().apply(inputs)),
        dense("first").apply(inputs[0]),
      ];
      const model = tf.model({ inputs, outputs: outputs as typeof inputs });
      model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
      const [a, b] = [1, 2].map((seed) => tf.randomNormal([32, 1], 0, 1, "float32", seed));
      const y = [tf.sub(a, b), tf.mul(a, 3)];
      const options = { epochs: 40, batchSize: 8, validationSplit: 0.25, show: "nothing" } as const;
      const { epochs } = await fit(model, { x: [a, b], y }, options);
      expect(epochs[39].validationLoss).toBeLessThan(1e-3);
      expect(Object.keys(epochs[0].metrics)).toEqual([
        "sum_loss",
        "first_loss",
        "val_sum_loss",
        "val_first_loss",
      ]);
    });

    it("refuses options that do not fit", async () => {
      const cases: [Partial<TrainingOptions>, string][] = [
        [{ epochs: 0 }, "fit: epochs: expected a whole number > 0, got 0"],
        [{ batchSize: 1.5 }, "fit: batchSize: expected a whole number > 0, got 1.5"],
        [{ validationSplit: 1 }, "fit: validationSplit: expected a number in [0, 1), got 1"],
        [{ resume: true }, "fit: resume: expected a checkpoint folder, got none"],
        [
          { earlyStopping: { patience: 0 } },
          "fit: earlyStopping.patience: expected a whole number > 0, got 0",
        ],
      ];
      for (const [options, message] of cases) await expect(train(options)).rejects.toThrow(message);
      const { x, y } = task(tf);
      await expect(fit(makeModel(tf), { x, y: y.slice(0, 3) }, common)).rejects.toThrow(
        "fit: data: expected 64 samples as in x, got [3, 1]",
      );
      await expect(fit(tf.sequential(), { x, y }, common)).rejects.toThrow(
        "fit: model: expected a compiled model",
      );
    });

    it("leaves no tensor behind but the optimizer's", async () => {
      const model = makeModel(tf);
      const data = task(tf);
      const options = {
        ...common,
        checkpoint: { folder: join(folder, "tensors") },
        earlyStopping: { patience: 9 },
      };
      await fit(model, data, { ...options, epochs: 1 });
      const before = tf.memory().numTensors;
      await fit(model, data, { ...options, epochs: 3 });
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
