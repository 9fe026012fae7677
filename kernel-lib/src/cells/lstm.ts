import { dSigmoid, dTanh, sigmoid, tanh } from "../math/activations";
import { Matrix } from "../math/matrix";
import type { Cell } from "./cell";
import { type CellConfig, initKernels, unitForgetBias } from "./init";
import { assertKernels, assertStep } from "./shapes";

export type LSTMState = { h: Matrix; c: Matrix };
/** The step's inputs (x, h, c), its gates, the new cell state cNext and tanh of it. */
export type LSTMCache = LSTMState & {
  x: Matrix;
  i: Matrix;
  f: Matrix;
  g: Matrix;
  o: Matrix;
  cNext: Matrix;
  tanhC: Matrix;
};
export type LSTMParams = { kernel: Matrix; recurrentKernel: Matrix; bias: Matrix };

/**
 * One LSTM step, the chapter's 5.2 (Hochreiter & Schmidhuber 1997; forget gate: Gers, Schmidhuber & Cummins 2000).
 * Gates are packed i f g o, so weights move to and from Keras unchanged; g is the chapter's candidate C̃.
 *   [i f g o] = x·kernel + h·recurrentKernel + bias      (σ on i, f, o; tanh on g)
 *   c' = f ⊙ c + i ⊙ g        h' = o ⊙ tanh(c')
 *
 * x [batch, inputSize]; h, c [batch, units]; kernel [inputSize, 4·units]; recurrentKernel [units, 4·units];
 * bias [1, 4·units].
 */
export class LSTMCell implements Cell<LSTMState, LSTMCache> {
  readonly params: LSTMParams;

  /** @throws RangeError if the parameters' shapes do not fit together */
  constructor(params: LSTMParams) {
    assertKernels("LSTMCell", 4, params);
    this.params = params;
  }
  static init(config: CellConfig): LSTMCell {
    return new LSTMCell({ ...initKernels(4, config), bias: unitForgetBias(config.units) });
  }
  get inputSize(): number {
    return this.params.kernel.rows;
  }
  get units(): number {
    return this.params.recurrentKernel.rows;
  }
  zeroState(batch: number): LSTMState {
    return { h: Matrix.zeros(batch, this.units), c: Matrix.zeros(batch, this.units) };
  }

  forward(x: Matrix, { h, c }: LSTMState): { state: LSTMState; cache: LSTMCache } {
    assertStep("LSTMCell", this, x, { h, c });
    const { kernel, recurrentKernel, bias } = this.params;
    const [zi, zf, zg, zo] = x.matmul(kernel).add(h.matmul(recurrentKernel)).addRow(bias).splitColumns(4);
    const i = sigmoid(zi);
    const f = sigmoid(zf);
    const g = tanh(zg);
    const o = sigmoid(zo);
    const cNext = f.mul(c).add(i.mul(g));
    const tanhC = tanh(cNext);
    return { state: { h: o.mul(tanhC), c: cNext }, cache: { x, h, c, i, f, g, o, cNext, tanhC } };
  }

  backward(
    { h: dh, c: dcNext }: LSTMState,
    { x, h, c, i, f, g, o, tanhC }: LSTMCache,
  ): { dx: Matrix; dState: LSTMState; grads: LSTMParams } {
    const { kernel, recurrentKernel } = this.params;
    const dc = dcNext.add(dh.mul(o).mul(dTanh(tanhC)));
    const dz = Matrix.concatColumns([
      dc.mul(g).mul(dSigmoid(i)),
      dc.mul(c).mul(dSigmoid(f)),
      dc.mul(i).mul(dTanh(g)),
      dh.mul(tanhC).mul(dSigmoid(o)),
    ]);
    return {
      dx: dz.matmulTranspose(kernel),
      dState: { h: dz.matmulTranspose(recurrentKernel), c: dc.mul(f) }, // ∂c'/∂c = f: the constant error carousel
      grads: {
        kernel: x.transposeMatmul(dz),
        recurrentKernel: h.transposeMatmul(dz),
        bias: dz.sumRows(),
      },
    };
  }
}
