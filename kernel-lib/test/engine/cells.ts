import type { Cell, State } from "../../src/cells/cell";
import { GRUCell } from "../../src/cells/gru";
import { GRUCellResetAfter } from "../../src/cells/gru-reset-after";
import { LSTMCell } from "../../src/cells/lstm";
import { PeepholeLSTMCell } from "../../src/cells/peephole";
import { RNNCell } from "../../src/cells/rnn";
import type { SequenceKind, SequenceShape } from "../../src/engine/plan";
import type { RecurrentWeights } from "../../src/engine/recurrent";
import { Matrix } from "../../src/math/matrix";
import { type Rng, uniform } from "../../src/math/random";

export type AnyCell = Cell<State, unknown>;

const classes = {
  lstm: LSTMCell,
  peephole: PeepholeLSTMCell,
  gru: GRUCell,
  gruResetAfter: GRUCellResetAfter,
  rnn: RNNCell,
} satisfies Record<SequenceKind, unknown>;

/** The cell that a kind of layer is held against, with parameters that float32 holds exactly. */
export function cellOf({ kind, inputSize, units }: SequenceShape, random: Rng): AnyCell {
  const cell = classes[kind].init({ inputSize, units, random }) as unknown as AnyCell;
  for (const { data } of Object.values(cell.params))
    data.forEach((v, i) => {
      data[i] = Math.fround(v + 0.4 * (random() - 0.5));
    });
  return cell;
}

export const float32 = (m: Matrix): Matrix => m.map(Math.fround);
export const float32Matrix = (random: Rng, rows: number, cols: number): Matrix =>
  float32(uniform(random, rows, cols));

/** The cell's parameters, or their gradients, as the engine takes them. */
export function weightsOf(params: Record<string, Matrix>): RecurrentWeights {
  const array = (m: Matrix) => Float32Array.from(m.data);
  const { kernel, recurrentKernel, bias, recurrentBias, peepholeI, peepholeF, peepholeO } = params;
  return {
    kernel: array(kernel),
    recurrentKernel: array(recurrentKernel),
    bias: array(bias),
    ...(recurrentBias ? { recurrentBias: array(recurrentBias) } : {}),
    ...(peepholeI ? { peephole: array(Matrix.concatRows([peepholeI, peepholeF, peepholeO])) } : {}),
  };
}

/** A sequence of [batch, features] as [batch, timesteps, features]. */
export function batchMajor(steps: readonly Matrix[]): Float32Array {
  const { rows: batch, cols } = steps[0];
  const out = new Float32Array(batch * steps.length * cols);
  steps.forEach((step, t) => {
    for (let b = 0; b < batch; b++) out.set(step.row(b).data, (b * steps.length + t) * cols);
  });
  return out;
}
