import type { Job } from "../job";
import { share } from "../share";
import type { Seat, Task } from "./step";

/**
 * The seams of two layers that run over the same sequences in opposite directions. `ahead` and `back` are hidden states
 * after each step, [timesteps, batch, width]; that of `back` is after its own order of steps.
 */
export type BidirectionalJob = Job & {
  readonly timesteps: number;
  readonly batch: number;
  readonly inputWidth: number;
  readonly units: number;
  readonly width: number;
  /** An output for every step, [ahead_t, back_t], or one: each direction's last state. */
  readonly returnSequences: boolean;
  readonly outputWidth: number;
  readonly x: number;
  readonly xReversed: number;
  readonly ahead: number;
  readonly back: number;
  readonly y: number;
  readonly dy: number;
  readonly dAhead: number;
  readonly dBack: number;
  /** ∂L/∂x of each direction, and their sum; 0 where it is not wanted. */
  readonly dxAhead: number;
  readonly dxBack: number;
  readonly dx: number;
};

const steps = ({ timesteps }: BidirectionalJob, { index, count }: Seat) => share(timesteps, 1, index, count);

/** The input from its last step to its first. */
const bidirectionalReverse: Task<BidirectionalJob> = (job, { kernels }, seat) => {
  const block = job.batch * job.inputWidth;
  for (let { from: t, to } = steps(job, seat); t < to; t++)
    kernels.copyRows(
      job.x + 4 * t * block,
      block,
      job.xReversed + 4 * (job.timesteps - 1 - t) * block,
      block,
      1,
      block,
    );
};

/** The places [ahead, back, output] of one output step: its block of rows in each of the three tensors. */
function places({ timesteps, returnSequences }: BidirectionalJob, k: number): [number, number, number] {
  return returnSequences ? [k, timesteps - 1 - k, k] : [timesteps - 1, timesteps - 1, 0];
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

/** dx = dxAhead + dxBack, at the input's steps. */
const bidirectionalSum: Task<BidirectionalJob> = (job, { kernels }, seat) => {
  const block = job.batch * job.inputWidth;
  for (let { from: t, to } = steps(job, seat); t < to; t++) {
    const back = job.dxBack + 4 * (job.timesteps - 1 - t) * block;
    kernels.addFloats(job.dxAhead + 4 * t * block, back, job.dx + 4 * t * block, block);
  }
};

export const bidirectionalTasks = {
  bidirectionalReverse,
  bidirectionalJoin,
  bidirectionalSplit,
  bidirectionalSum,
};
