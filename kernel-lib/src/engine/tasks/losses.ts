import type { Job } from "../job";
import { share } from "../share";
import type { Task } from "./step";

/**
 * A loss on `rows` rows. The predictions are overwritten by ∂L/∂predictions, `losses` [rows] holds each row's own loss;
 * L is their sum times `scale`.
 */
export type LossJob = Job & {
  readonly rows: number;
  readonly units: number;
  readonly width: number;
  readonly predictions: number;
  /** One 32-bit integer a row for the softmax, negative where the row does not count; else [rows, width]. */
  readonly targets: number;
  readonly losses: number;
  readonly scale: number;
};

const lossTask =
  (
    kernel: "softmaxCrossEntropy" | "squaredError" | "logisticCrossEntropy",
    targetWidth: (job: LossJob) => number,
  ): Task<LossJob> =>
  (job, { kernels }, { index, count }) => {
    const { from, to } = share(job.rows, 4, index, count);
    const { units, width, scale } = job;
    const [predictions, targets] = [
      job.predictions + 4 * from * width,
      job.targets + 4 * from * targetWidth(job),
    ];
    kernels[kernel](predictions, targets, job.losses + 4 * from, to - from, units, width, scale);
  };

export const lossTasks = {
  softmaxCrossEntropy: lossTask("softmaxCrossEntropy", () => 1),
  squaredError: lossTask("squaredError", ({ width }) => width),
  logisticCrossEntropy: lossTask("logisticCrossEntropy", ({ width }) => width),
};
