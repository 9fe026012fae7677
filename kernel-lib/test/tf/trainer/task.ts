import { createHash } from "node:crypto";
import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { rng } from "../../../src/math/random";
import type { TensorFlow } from "../../../src/tf/tensorflow";
import { recurrentLayers, seededInitializers } from "../dist";

/** Sequences of tokens, 0 at their ends; the first token modulo 3 is to be told. */
export function task(tf: TensorFlow, samples = 64): { x: Tensor; y: Tensor } {
  const random = rng(1);
  const tokens = Array.from({ length: samples }, (_, i) =>
    Array.from({ length: 10 }, (_, t) => (t > 6 + (i % 3) ? 0 : 1 + Math.floor(19 * random()))),
  );
  return { x: tf.tensor2d(tokens), y: tf.tensor2d(tokens.map(([first]) => [first % 3])) };
}

/** Embedding with mask, both directions, dropout inside and out: all that draws or has a gradient of its own. */
export function makeModel(tf: TensorFlow, { learningRate = 0.01 } = {}): LayersModel {
  const { lstm, gru, bidirectional, dropout } = recurrentLayers(tf);
  const { glorotUniform } = seededInitializers(tf);
  const model = tf.sequential({
    layers: [
      tf.layers.embedding({
        inputDim: 20,
        outputDim: 6,
        inputLength: 10,
        maskZero: true,
        embeddingsInitializer: glorotUniform({ seed: 3 }),
      }),
      bidirectional({ layer: lstm({ units: 6, returnSequences: true, seed: 1, dropout: 0.1 }) }),
      gru({ units: 5, seed: 2 }),
      dropout({ rate: 0.2, seed: 7 }),
      tf.layers.dense({ units: 3, activation: "softmax", kernelInitializer: glorotUniform({ seed: 4 }) }),
    ],
  });
  const optimizer = tf.train.adam(learningRate);
  model.compile({ optimizer, loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}

/** All weights' bits in one word. */
export function digest(model: LayersModel): string {
  const hash = createHash("sha256");
  for (const weight of model.getWeights()) hash.update(Float32Array.from(weight.dataSync()));
  return hash.digest("hex");
}
