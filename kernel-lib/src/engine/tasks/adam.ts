import type { Job } from "../job";
import { share } from "../share";
import type { Task } from "./step";

/** Adam on one block of parameters. */
export type AdamJob = Job & {
  readonly length: number;
  readonly parameters: number;
  readonly gradients: number;
  readonly mean: number;
  readonly variance: number;
  /** Address of five floats: η·√(1 − β₂ᵗ)/(1 − β₁ᵗ), 1 − β₁, 1 − β₂, ε, and the factor of the gradient. */
  readonly rates: number;
};

const adam: Task<AdamJob> = (job, { kernels }, { index, count }) => {
  const { from, to } = share(job.length, 4, index, count);
  const at = (address: number) => address + 4 * from;
  const { parameters, gradients, mean, variance, rates } = job;
  kernels.adam(at(parameters), at(gradients), at(mean), at(variance), to - from, rates);
};

export const adamTasks = { adam };
