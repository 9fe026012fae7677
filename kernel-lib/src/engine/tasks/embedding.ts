import type { Job } from "../job";
import { share } from "../share";
import type { Task } from "./step";

/** Rows of a table by index, y[r] = table[indices[r]]; indices are 32-bit integers. */
export type EmbeddingJob = Job & {
  readonly rows: number;
  readonly entries: number;
  readonly width: number;
  readonly indices: number;
  readonly table: number;
  readonly dTable: number;
  readonly y: number;
  readonly dy: number;
};

const embeddingForward: Task<EmbeddingJob> = (job, { kernels }, { index, count }) => {
  const { from, to } = share(job.rows, 1, index, count);
  const y = job.y + 4 * from * job.width;
  kernels.gatherRows(job.table, job.indices + 4 * from, y, to - from, job.width);
};

/** The table's gradient, cleared first: rows of the table for clearing, columns for adding up. */
const embeddingClear: Task<EmbeddingJob> = (job, { kernels }, { index, count }) => {
  const { from, to } = share(job.entries, 1, index, count);
  kernels.clear(job.dTable + 4 * from * job.width, (to - from) * job.width);
};
const embeddingGradients: Task<EmbeddingJob> = (job, { kernels }, { index, count }) => {
  const { from, to } = share(job.width, 4, index, count);
  kernels.scatterAddRows(job.dy, job.indices, job.dTable, job.rows, job.width, from, to);
};

export const embeddingTasks = { embeddingForward, embeddingClear, embeddingGradients };
