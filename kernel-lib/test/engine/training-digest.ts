import { createHash } from "node:crypto";
import type { Engine } from "../../dist/engine/engine";
import type { SequenceShape } from "../../src/engine/plan";
import type { RecurrentWeights } from "../../src/engine/recurrent";
import { type Rng, rng } from "../../src/math/random";

const shape: SequenceShape = { kind: "lstm", batch: 13, timesteps: 12, inputSize: 7, units: 20 };
const learningRate = 1;

/**
 * Trains a small LSTM by plain gradient descent to give back one of its inputs two steps later, everything in float32.
 *
 * @returns the squared errors' sum before each step, and the SHA-256 of the weights after the last one, little-endian
 */
export function trainingDigest(engine: Engine, steps: number): { losses: number[]; sha256: string } {
  const random = rng(2024);
  const { batch, timesteps, inputSize, units } = shape;
  const weights: RecurrentWeights = {
    kernel: uniform(random, inputSize * 4 * units, 0.4),
    recurrentKernel: uniform(random, units * 4 * units, 0.2),
    bias: new Float32Array(4 * units).fill(1, units, 2 * units),
  };
  const losses = Array.from({ length: steps }, () => {
    const x = uniform(random, batch * timesteps * inputSize, 1);
    const run = engine.recurrent(shape, weights, { x });
    const { loss, dOutput } = delayedCopy(run.output, x);
    const { gradients } = run.backward({ dOutput });
    run.release();
    for (const name of ["kernel", "recurrentKernel", "bias"] as const)
      descend(weights[name], gradients[name]);
    return loss;
  });
  const hash = createHash("sha256");
  for (const { buffer } of [weights.kernel, weights.recurrentKernel, weights.bias])
    hash.update(new Uint8Array(buffer));
  return { losses, sha256: hash.digest("hex") };
}

/** The first unit is to be half the first input of two steps ago: ½ Σ (h − x/2)² and its gradient, over the batch. */
function delayedCopy(output: Float32Array, x: Float32Array): { loss: number; dOutput: Float32Array } {
  const { batch, timesteps, inputSize, units } = shape;
  const dOutput = new Float32Array(output.length);
  let loss = 0;
  for (let b = 0; b < batch; b++)
    for (let t = 2; t < timesteps; t++) {
      const at = (b * timesteps + t) * units;
      const error = Math.fround(output[at] - x[(b * timesteps + t - 2) * inputSize] / 2);
      dOutput[at] = error / batch;
      loss = Math.fround(loss + error * error);
    }
  return { loss, dOutput };
}

function descend(values: Float32Array, gradient: Float32Array): void {
  for (let k = 0; k < values.length; k++) values[k] -= Math.fround(learningRate * gradient[k]);
}

const uniform = (random: Rng, length: number, limit: number): Float32Array =>
  Float32Array.from({ length }, () => (2 * random() - 1) * limit);
