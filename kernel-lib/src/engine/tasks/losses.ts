import type { Job } from "../job";
import { share } from "../share";
import type { Task } from "./step";

/**
 * A loss on `rows` rows: `losses` [rows] holds each row's own, L is their sum times `scale`, and `gradient` becomes
 * ∂L/∂predictions.
 */
export type LossJob = Job & {
  readonly rows: number;
  readonly units: number;
  readonly width: number;
  readonly predictions: number;
  readonly gradient: number;
  /** One 32-bit integer a row for the softmax, negative where the row does not count; else [rows, width]. */
  readonly targets: number;
  readonly losses: number;
  /** Address of the factor, one float. */
  readonly scale: number;
};

const lossTask =
  (
    kernel: "softmaxCrossEntropy" | "squaredError" | "logisticCrossEntropy",
    targetWidth: (job: LossJob) => number,
  ): Task<LossJob> =>
  (job, { kernels, float }, { index, count }) => {
    const { from, to } = share(job.rows, 4, index, count);
    const { units, width, scale } = job;
    const [gradient, floats] = [job.gradient + 4 * from * width, (to - from) * width];
    kernels.copyRows(job.predictions + 4 * from * width, floats, gradient, floats, 1, floats);
    const targets = job.targets + 4 * from * targetWidth(job);
    kernels[kernel](gradient, targets, job.losses + 4 * from, to - from, units, width, float(scale));
  };

export const lossTasks = {
  softmaxCrossEntropy: lossTask("softmaxCrossEntropy", () => 1),
  squaredError: lossTask("squaredError", ({ width }) => width),
  logisticCrossEntropy: lossTask("logisticCrossEntropy", ({ width }) => width),
};
