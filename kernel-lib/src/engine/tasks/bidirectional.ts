import type { Job } from "../job";
import { share } from "../share";
import type { Task } from "./step";

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
  /** Steps of the output: all, or the last one of each direction. */
  readonly outputSteps: number;
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

const steps = ({ timesteps }: BidirectionalJob, part: { index: number; count: number }) =>
  share(timesteps, 1, part.index, part.count);

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

/** y = [ahead, back], step by step of the input. */
const bidirectionalJoin: Task<BidirectionalJob> = (job, { kernels }, seat) => {
  const { timesteps, batch, units, width, outputSteps, outputWidth } = job;
  const [from, to] = [4 * batch * width, 4 * batch * outputWidth];
  for (let { from: k, to: end } = share(outputSteps, 1, seat.index, seat.count); k < end; k++) {
    const ahead = job.ahead + (timesteps - outputSteps + k) * from;
    const back = job.back + (timesteps - 1 - k) * from;
    kernels.copyRows(ahead, width, job.y + k * to, outputWidth, batch, units);
    kernels.copyRows(back, width, job.y + k * to + 4 * units, outputWidth, batch, units);
  }
};

/** ∂L/∂ahead and ∂L/∂back from ∂L/∂y; the steps that are no output stay as they are: 0. */
const bidirectionalSplit: Task<BidirectionalJob> = (job, { kernels }, seat) => {
  const { timesteps, batch, units, width, outputSteps, outputWidth } = job;
  const [to, from] = [4 * batch * width, 4 * batch * outputWidth];
  for (let { from: k, to: end } = share(outputSteps, 1, seat.index, seat.count); k < end; k++) {
    const dAhead = job.dAhead + (timesteps - outputSteps + k) * to;
    const dBack = job.dBack + (timesteps - 1 - k) * to;
    kernels.copyRows(job.dy + k * from, outputWidth, dAhead, width, batch, units);
    kernels.copyRows(job.dy + k * from + 4 * units, outputWidth, dBack, width, batch, units);
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
