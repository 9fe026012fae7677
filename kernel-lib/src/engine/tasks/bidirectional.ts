import type { Job } from "../job";
import { share } from "../share";
import type { Seat, Task } from "./step";

/**
 * The seams of two layers that run over the same sequences in opposite directions. `ahead` and `back` are hidden states
 * after each step, [timesteps, batch, width], at the steps of the input.
 */
export type BidirectionalJob = Job & {
  readonly timesteps: number;
  readonly batch: number;
  readonly units: number;
  readonly width: number;
  /** An output for every step, [ahead_t, back_t], or one: each direction's last state. */
  readonly returnSequences: boolean;
  readonly outputWidth: number;
  readonly ahead: number;
  readonly back: number;
  readonly y: number;
  readonly dy: number;
  readonly dAhead: number;
  readonly dBack: number;
};

/** The steps [ahead, back, output] of one output. */
function places({ timesteps, returnSequences }: BidirectionalJob, k: number): [number, number, number] {
  return returnSequences ? [k, k, k] : [timesteps - 1, 0, 0];
}
const outputs = (job: BidirectionalJob, { index, count }: Seat) =>
  share(job.returnSequences ? job.timesteps : 1, 1, index, count);

/** y = [ahead, back], step by step of the input. */
const bidirectionalJoin: Task<BidirectionalJob> = (job, { kernels }, seat) => {
  const { batch, units, width, outputWidth } = job;
  for (let { from: k, to } = outputs(job, seat); k < to; k++) {
    const [ahead, back, output] = places(job, k);
    const y = job.y + 4 * output * batch * outputWidth;
    kernels.copyRows(job.ahead + 4 * ahead * batch * width, width, y, outputWidth, batch, units);
    kernels.copyRows(job.back + 4 * back * batch * width, width, y + 4 * units, outputWidth, batch, units);
  }
};

/** ∂L/∂ahead and ∂L/∂back from ∂L/∂y; steps that are no output keep the 0 that they were given. */
const bidirectionalSplit: Task<BidirectionalJob> = (job, { kernels }, seat) => {
  const { batch, units, width, outputWidth } = job;
  for (let { from: k, to } = outputs(job, seat); k < to; k++) {
    const [ahead, back, output] = places(job, k);
    const dy = job.dy + 4 * output * batch * outputWidth;
    kernels.copyRows(dy, outputWidth, job.dAhead + 4 * ahead * batch * width, width, batch, units);
    kernels.copyRows(dy + 4 * units, outputWidth, job.dBack + 4 * back * batch * width, width, batch, units);
  }
};

export const bidirectionalTasks = { bidirectionalJoin, bidirectionalSplit };
