import type { Job } from "../job";
import { share } from "../share";
import type { Task } from "./step";

/** y = x ⊙ mask / (1 − rate). The mask is a function of the seed and the place, so it is never stored. */
export type DropoutJob = Job & {
  readonly length: number;
  readonly rate: number;
  /** Address of a 32-bit integer, new for every step. */
  readonly seed: number;
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
};

const through =
  (from: "x" | "dy", to: "y" | "dx"): Task<DropoutJob> =>
  (job, { kernels }, { index, count }) => {
    const part = share(job.length, 4, index, count);
    const length = part.to - part.from;
    kernels.dropout(
      job[from] + 4 * part.from,
      job[to] + 4 * part.from,
      length,
      part.from,
      job.seed,
      job.rate,
    );
  };

export const dropoutTasks = { dropoutForward: through("x", "y"), dropoutBackward: through("dy", "dx") };
