import type { Job } from "../job";
import type { Operand } from "../multiplier";
import { share } from "../share";
import type { Task } from "./step";

/** y = activation(x·kernel + bias) on `rows` rows. */
export type DenseJob = Job & {
  readonly rows: number;
  readonly inputSize: number;
  readonly inputWidth: number;
  readonly width: number;
  readonly relu: boolean;
  readonly x: number;
  /** 0 where ∂L/∂x is not wanted. */
  readonly dx: number;
  readonly y: number;
  /** ∂L/∂y; with relu it becomes ∂L/∂(x·kernel + bias). */
  readonly dy: number;
  readonly kernel: number;
  readonly bias: number;
  readonly dKernel: number;
  readonly dBias: number;
  readonly panels: number;
  readonly panelsT: number;
  readonly scratch: readonly number[];
};

const kernelOf = ({ kernel, width, inputSize, panels }: DenseJob): Operand => ({
  address: kernel,
  ld: width,
  transposed: false,
  k: inputSize,
  n: width,
  rows: inputSize,
  panels,
});
const kernelTOf = ({ kernel, width, inputSize, inputWidth, panelsT }: DenseJob): Operand => ({
  address: kernel,
  ld: width,
  transposed: true,
  k: width,
  n: inputWidth,
  rows: inputSize,
  panels: panelsT,
});

const densePack: Task<DenseJob> = (job, { multiplier }, { index, count }) => {
  [kernelOf(job), kernelTOf(job)].forEach((operand, k) => {
    if (k % count === index) multiplier.prepare(operand);
  });
};

const denseForward: Task<DenseJob> = (job, { kernels, multiplier }, { index, count }) => {
  const { from, to } = share(job.rows, 4, index, count);
  if (from === to) return;
  const y = job.y + 4 * from * job.width;
  const x = job.x + 4 * from * job.inputWidth;
  multiplier.affine(x, job.inputWidth, kernelOf(job), job.bias, y, to - from);
  if (job.relu) kernels.relu(y, (to - from) * job.width);
};

/** ∂L/∂x, and through relu. */
const denseBackward: Task<DenseJob> = (job, { kernels, multiplier }, { index, count }) => {
  const { from, to } = share(job.rows, 4, index, count);
  if (from === to) return;
  const [rows, dy] = [to - from, job.dy + 4 * from * job.width];
  if (job.relu) kernels.reluBackward(job.y + 4 * from * job.width, dy, rows * job.width);
  if (!job.dx) return;
  const dx = job.dx + 4 * from * job.inputWidth;
  multiplier.affine(dy, job.width, kernelTOf(job), 0, dx, rows);
};

const denseGradients: Task<DenseJob> = (job, { kernels, multiplier }, { index, count }) => {
  const { from, to } = share(job.width, 8, index, count);
  if (from === to) return;
  const { x, inputWidth, inputSize, width, rows } = job;
  const [dy, columns] = [job.dy + 4 * from, to - from];
  const gradient = { a: x, lda: inputWidth, c: job.dKernel + 4 * from, ldc: width, m: inputSize };
  multiplier.gradients([gradient], dy, width, columns, rows, job.scratch[index]);
  kernels.sumRows(dy, width, rows, columns, job.dBias + 4 * from);
};

export const denseTasks = { densePack, denseForward, denseBackward, denseGradients };
