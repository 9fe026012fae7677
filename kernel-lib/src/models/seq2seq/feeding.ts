import { argmax } from "../../decode/step";
import type { Matrix } from "../../math/matrix";
import type { Rng } from "../../math/random";

/** What the decoder reads next in training, for each example of the batch. Gradients do not go through the choice. */
export type Feeding = (truth: readonly number[], logits: Matrix) => number[];

/** The true token, whatever the model said (Williams & Zipser 1989). */
export const teacherForcing: Feeding = (truth) => [...truth];

/**
 * The true token with this probability, else the model's own best one (Bengio, Vinyals, Jaitly & Shazeer 2015,
 * arXiv:1506.03099): the model learns to go on after its own mistakes.
 */
export const scheduledSampling =
  ({ probability, random }: { readonly probability: number; readonly random: Rng }): Feeding =>
  (truth, logits) =>
    truth.map((token, b) => (random() < probability ? token : argmax(logits.row(b).data)));
