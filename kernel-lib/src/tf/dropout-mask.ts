import type { Tensor } from "@tensorflow/tfjs";
import { rng } from "../math/random";
import type { TensorFlow } from "./tensorflow";

/** A layer that draws while it trains. A checkpoint keeps `draws`, so that a resumed training draws the same numbers. */
export interface DrawingLayer {
  /** How many batches it has drawn for. */
  draws: number;
}

/** Inverted dropout: 0 with probability `rate`, else 1 / (1 − rate), by seed. */
export function dropoutMask(tf: TensorFlow, shape: number[], rate: number, seed: number): Tensor {
  const random = rng(seed);
  const size = shape.reduce((product, n) => product * n, 1);
  const kept = 1 / (1 - rate);
  return tf.tensor(
    Float32Array.from({ length: size }, () => (random() < rate ? 0 : kept)),
    shape,
  );
}

/** @throws RangeError if `rate` is not in [0, 1) */
export function assertRate(what: string, rate: number): void {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`${what}: expected a number in [0, 1), got ${rate}`);
}
