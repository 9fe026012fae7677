import type { RNNCell, RNNParams } from "../cells/rnn";
import { Matrix } from "../math/matrix";
import { assertLength, assertShape } from "../math/shape";

/**
 * Real-time recurrent learning (R. J. Williams & D. Zipser, A learning algorithm for continually running fully recurrent
 * neural networks, Neural Computation 1, 1989) of a vanilla cell on one sequence. It carries along how every unit of the
 * state depends on every parameter, so the gradient of a loss is there at once and nothing of the past is kept:
 *   ∂h_t/∂θ = diag(φ′(z_t)) · (∂z_t/∂θ with h_{t−1} held + recurrentKernelᵀ · ∂h_{t−1}/∂θ)
 *
 * The memory does not grow with the sequence, but a step costs units² multiplications a parameter: units⁴ in all.
 */
export class RealTimeRecurrentLearning {
  readonly cell: RNNCell;
  /** ∂h/∂θ, [units, number of parameters]; the parameters in the order kernel, recurrentKernel, bias, row by row. */
  sensitivities: Matrix;
  h: Matrix;

  /** @param h the state entering the first step, [1, units]; zeros unless given, and taken as a constant */
  constructor(cell: RNNCell, h: Matrix = cell.zeroState(1).h) {
    assertShape("RealTimeRecurrentLearning: h", h, { batch: 1, units: cell.units });
    this.cell = cell;
    this.h = h;
    this.sensitivities = Matrix.zeros(cell.units, (cell.inputSize + cell.units + 1) * cell.units);
  }

  /** One step ahead: the new state [1, units], and its sensitivities. @param x [1, inputSize] */
  step(x: Matrix): Matrix {
    const { cell, h } = this;
    const { units } = cell;
    const { state } = cell.forward(x, { h });
    const slopes = cell.activation.derivative(state.h).data;
    const next = cell.params.recurrentKernel.transposeMatmul(this.sensitivities);
    const entering = [...x.data, ...h.data, 1]; // parameter (r, j) adds entering[r] to z_j
    for (let unit = 0; unit < units; unit++) {
      const row = unit * next.cols;
      entering.forEach((value, r) => {
        next.data[row + r * units + unit] += value;
      });
      for (let p = 0; p < next.cols; p++) next.data[row + p] *= slopes[unit];
    }
    this.sensitivities = next;
    this.h = state.h;
    return state.h;
  }

  /** The gradient of a loss of the present state, from ∂L/∂h [1, units]. */
  gradient(dh: Matrix): RNNParams {
    const { inputSize, units } = this.cell;
    assertShape("RealTimeRecurrentLearning.gradient: dh", dh, { batch: 1, units });
    const { data } = dh.matmul(this.sensitivities);
    const [k, r] = [inputSize * units, (inputSize + units) * units];
    return {
      kernel: new Matrix(inputSize, units, data.slice(0, k)),
      recurrentKernel: new Matrix(units, units, data.slice(k, r)),
      bias: new Matrix(1, units, data.slice(r)),
    };
  }
}

/**
 * The gradients of a whole sequence by real-time recurrent learning: those of `bptt`, but for rounding.
 *
 * @param xs one matrix [1, inputSize] a step
 * @param dhs `dhs[t]` = ∂L_t/∂h_t; undefined where step t has no loss
 * @throws RangeError if the lists differ in length, or a shape does not fit
 */
export function rtrl(
  cell: RNNCell,
  xs: readonly Matrix[],
  dhs: ReadonlyArray<Matrix | undefined>,
  h?: Matrix,
): RNNParams {
  assertLength("rtrl: dhs", dhs, "timesteps", xs.length);
  const learner = new RealTimeRecurrentLearning(cell, h);
  let total = learner.gradient(Matrix.zeros(1, cell.units));
  xs.forEach((x, t) => {
    learner.step(x);
    const dh = dhs[t];
    if (!dh) return;
    const share = learner.gradient(dh);
    total = {
      kernel: total.kernel.add(share.kernel),
      recurrentKernel: total.recurrentKernel.add(share.recurrentKernel),
      bias: total.bias.add(share.bias),
    };
  });
  return total;
}
