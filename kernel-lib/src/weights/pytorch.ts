import { Dense } from "../cells/dense";
import { GRUCellResetAfter } from "../cells/gru-reset-after";
import { LSTMCell } from "../cells/lstm";
import { RNNCell } from "../cells/rnn";
import type { Activation } from "../math/activations";
import { Matrix } from "../math/matrix";
import { type Rows, reorderBlocks } from "./rows";

/**
 * Weights as PyTorch's `module.state_dict()` names them: `weight_ih_l0` [gates·units, inputSize], `weight_hh_l0`
 * [gates·units, units], `bias_ih_l0` and `bias_hh_l0` [gates·units]. These are our matrices transposed. The gates
 * are packed i f g o, as ours, and r z n, where ours are z r h. Where a cell has one bias, ours is the sum of
 * PyTorch's two; on the way back it is `bias_ih`, beside a zero `bias_hh`.
 *
 * `suffix` chooses the layer and direction by PyTorch's own names: `l0`, `l1`, `l0_reverse`, …
 */
export type PyTorchWeights = Readonly<Record<string, Rows | ArrayLike<number>>>;
/** Weights for `module.load_state_dict`, once made tensors. */
export type PyTorchStateDict = Record<string, number[][] | number[]>;

export function fromPyTorchRNN(weights: PyTorchWeights, suffix = "l0", activation?: Activation): RNNCell {
  const { kernel, recurrentKernel, bias, recurrentBias } = pick("fromPyTorchRNN", weights, suffix);
  return new RNNCell({ kernel, recurrentKernel, bias: bias.add(recurrentBias) }, activation);
}
export function fromPyTorchLSTM(weights: PyTorchWeights, suffix = "l0"): LSTMCell {
  const { kernel, recurrentKernel, bias, recurrentBias } = pick("fromPyTorchLSTM", weights, suffix);
  return new LSTMCell({ kernel, recurrentKernel, bias: bias.add(recurrentBias) });
}
export function fromPyTorchGRU(weights: PyTorchWeights, suffix = "l0"): GRUCellResetAfter {
  const { kernel, recurrentKernel, bias, recurrentBias } = pick("fromPyTorchGRU", weights, suffix);
  return new GRUCellResetAfter({
    kernel: swapZR(kernel),
    recurrentKernel: swapZR(recurrentKernel),
    bias: swapZR(bias),
    recurrentBias: swapZR(recurrentBias),
  });
}
/** Of an `nn.Linear`: weight [units, inputSize], bias [units]. */
export function fromPyTorchLinear(weights: {
  readonly weight: Rows;
  readonly bias: ArrayLike<number>;
}): Dense {
  return new Dense({ kernel: Matrix.from(weights.weight).T, bias: Matrix.from([weights.bias]) });
}

export function toPyTorch({ params }: RNNCell | LSTMCell, suffix = "l0"): PyTorchStateDict {
  const { kernel, recurrentKernel, bias } = params;
  return stateDict(suffix, kernel, recurrentKernel, bias, Matrix.zeros(1, bias.cols));
}
export function toPyTorchGRU({ params }: GRUCellResetAfter, suffix = "l0"): PyTorchStateDict {
  const { kernel, recurrentKernel, bias, recurrentBias } = params;
  return stateDict(suffix, swapZR(kernel), swapZR(recurrentKernel), swapZR(bias), swapZR(recurrentBias));
}
export function toPyTorchLinear({ params }: Dense): { weight: number[][]; bias: number[] } {
  return { weight: params.kernel.T.toArray(), bias: Array.from(params.bias.data) };
}

/** z r h ↔ r z n: its own inverse. */
const swapZR = (m: Matrix): Matrix => reorderBlocks(m, [1, 0, 2]);

function stateDict(
  suffix: string,
  kernel: Matrix,
  recurrentKernel: Matrix,
  bias: Matrix,
  recurrentBias: Matrix,
) {
  return {
    [`weight_ih_${suffix}`]: kernel.T.toArray(),
    [`weight_hh_${suffix}`]: recurrentKernel.T.toArray(),
    [`bias_ih_${suffix}`]: Array.from(bias.data),
    [`bias_hh_${suffix}`]: Array.from(recurrentBias.data),
  };
}

function pick(caller: string, weights: PyTorchWeights, suffix: string) {
  const get = (kind: string): Rows | ArrayLike<number> => {
    const name = `${kind}_${suffix}`;
    if (name in weights) return weights[name];
    throw new RangeError(`${caller}: weights: expected ${name}, got ${Object.keys(weights).join(", ")}`);
  };
  return {
    kernel: Matrix.from(get("weight_ih") as Rows).T,
    recurrentKernel: Matrix.from(get("weight_hh") as Rows).T,
    bias: Matrix.from([get("bias_ih") as ArrayLike<number>]),
    recurrentBias: Matrix.from([get("bias_hh") as ArrayLike<number>]),
  };
}
