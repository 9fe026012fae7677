import { Dense } from "../cells/dense";
import { GRUCell } from "../cells/gru";
import { GRUCellResetAfter } from "../cells/gru-reset-after";
import { LSTMCell } from "../cells/lstm";
import { RNNCell } from "../cells/rnn";
import type { Activation } from "../math/activations";
import { Matrix } from "../math/matrix";
import type { Rows } from "./rows";

/**
 * Weights as Keras' `layer.get_weights()` lists them: kernel [inputSize, gates·units], recurrent kernel [units,
 * gates·units], bias [gates·units]. The gates are packed i f c o (its c is our g) and z r h: our order too, so
 * nothing moves.
 */
export type KerasWeights = {
  readonly kernel: Rows;
  readonly recurrentKernel: Rows;
  readonly bias: ArrayLike<number>;
};
/** A GRU with `reset_after=True` has two biases, [2, 3·units]: the input's, then the recurrent one. */
export type KerasGRUResetAfterWeights = {
  readonly kernel: Rows;
  readonly recurrentKernel: Rows;
  readonly bias: Rows;
};
export type KerasDenseWeights = { readonly kernel: Rows; readonly bias: ArrayLike<number> };

export function fromKerasRNN(weights: KerasWeights, activation?: Activation): RNNCell {
  return new RNNCell(unpack(weights), activation);
}
export function fromKerasLSTM(weights: KerasWeights): LSTMCell {
  return new LSTMCell(unpack(weights));
}
/** Of a GRU with `reset_after=False`. */
export function fromKerasGRU(weights: KerasWeights): GRUCell {
  return new GRUCell(unpack(weights));
}
/** Of a GRU with `reset_after=True`, Keras' default. */
export function fromKerasGRUResetAfter({
  kernel,
  recurrentKernel,
  bias,
}: KerasGRUResetAfterWeights): GRUCellResetAfter {
  if (bias.length !== 2)
    throw new RangeError(`fromKerasGRUResetAfter: bias: expected two rows, got ${bias.length}`);
  return new GRUCellResetAfter({
    kernel: Matrix.from(kernel),
    recurrentKernel: Matrix.from(recurrentKernel),
    bias: Matrix.from([bias[0]]),
    recurrentBias: Matrix.from([bias[1]]),
  });
}
export function fromKerasDense({ kernel, bias }: KerasDenseWeights): Dense {
  return new Dense({ kernel: Matrix.from(kernel), bias: Matrix.from([bias]) });
}

/** The weights of an RNNCell, LSTMCell or GRUCell for Keras' `layer.set_weights`. */
export function toKeras({ params }: RNNCell | LSTMCell | GRUCell): {
  kernel: number[][];
  recurrentKernel: number[][];
  bias: number[];
} {
  return {
    kernel: params.kernel.toArray(),
    recurrentKernel: params.recurrentKernel.toArray(),
    bias: Array.from(params.bias.data),
  };
}
export function toKerasGRUResetAfter({ params }: GRUCellResetAfter): {
  kernel: number[][];
  recurrentKernel: number[][];
  bias: number[][];
} {
  return {
    kernel: params.kernel.toArray(),
    recurrentKernel: params.recurrentKernel.toArray(),
    bias: Matrix.concatRows([params.bias, params.recurrentBias]).toArray(),
  };
}
export function toKerasDense({ params }: Dense): { kernel: number[][]; bias: number[] } {
  return { kernel: params.kernel.toArray(), bias: Array.from(params.bias.data) };
}

function unpack({ kernel, recurrentKernel, bias }: KerasWeights) {
  return {
    kernel: Matrix.from(kernel),
    recurrentKernel: Matrix.from(recurrentKernel),
    bias: Matrix.from([bias]),
  };
}
