import { nextJobId } from "../job";
import type { DropoutJob } from "../tasks/dropout";
import { type LayerSpec, signal } from "./layer";

/** Sets a share `rate` of the entries to 0 in training and scales the others by 1 / (1 − rate) (Srivastava et al. 2014). */
export const dropout =
  (rate: number): LayerSpec =>
  (input, { room, seed }) => {
    if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout: rate: expected 0 ≤ rate < 1, got ${rate}`);
    const output = signal(room, input, input.width);
    const job = (id: number, dropped: number): DropoutJob => ({
      id,
      length: input.steps * input.batch * input.width,
      rate: dropped,
      seed,
      x: input.address,
      y: output.address,
      dx: input.gradient,
      dy: output.gradient,
    });
    const training = job(nextJobId(), rate);
    return {
      output,
      parameters: [],
      forward: [{ job: training, tasks: ["dropoutForward"] }],
      predict: [{ job: job(nextJobId(), 0), tasks: ["dropoutForward"] }],
      backward: input.gradient ? [{ job: training, tasks: ["dropoutBackward"] }] : [],
    };
  };
