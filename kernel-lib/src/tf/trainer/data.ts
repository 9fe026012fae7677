import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../tensorflow";

/** What a model learns from, one sample a row of the first axis; arrays for several inputs or outputs. */
export type TrainingData = { readonly x: Tensor | Tensor[]; readonly y: Tensor | Tensor[] };
export type Columns = { readonly x: readonly Tensor[]; readonly y: readonly Tensor[] };

/** @throws RangeError if the tensors are not all as long as the first */
export function columnsOf(what: string, data: TrainingData): Columns {
  const columns = { x: [data.x].flat(), y: [data.y].flat() };
  const samples = samplesOf(columns);
  for (const tensor of [...columns.x, ...columns.y])
    if (tensor.shape[0] !== samples)
      throw new RangeError(`${what}: expected ${samples} samples as in x, got [${tensor.shape.join(", ")}]`);
  return columns;
}

export const samplesOf = ({ x }: Columns): number => x[0]?.shape[0] ?? 0;

const mapColumns = ({ x, y }: Columns, f: (tensor: Tensor) => Tensor): Columns => ({
  x: x.map(f),
  y: y.map(f),
});

/** The samples from `from` up to, not including, `to`. */
export const sliceRows = (columns: Columns, from: number, to: number): Columns =>
  mapColumns(columns, (tensor) => tensor.slice(from, to - from));

/** The samples with the given indices. */
export function takeRows(tf: TensorFlow, columns: Columns, indices: readonly number[]): Columns {
  const index = tf.tensor1d(indices as number[], "int32");
  const taken = mapColumns(columns, (tensor) => tf.gather(tensor, index));
  index.dispose();
  return taken;
}

export function disposeColumns({ x, y }: Columns): void {
  for (const tensor of [...x, ...y]) tensor.dispose();
}
