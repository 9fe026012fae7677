import { dSigmoid, dTanh, sigmoid, tanh } from "../math/activations";
import { Matrix } from "../math/matrix";
import { assertShape } from "../math/shape";
import type { Cell } from "./cell";
import { type CellConfig, glorotUniform, initKernels, unitForgetBias } from "./init";
import type { LSTMCache, LSTMState } from "./lstm";
import { assertKernels, assertStep } from "./shapes";

export type PeepholeLSTMParams = {
  kernel: Matrix;
  recurrentKernel: Matrix;
  bias: Matrix;
  peepholeI: Matrix;
  peepholeF: Matrix;
  peepholeO: Matrix;
};

/**
 * One LSTM step whose gates also look at the cell state (Gers & Schmidhuber 2000; Gers, Schraudolph & Schmidhuber
 * 2002): the input and forget gates at the old one, the output gate at the new one.
 *   [zi zf zg zo] = x·kernel + h·recurrentKernel + bias
 *   i = σ(zi + peepholeI ⊙ c)     f = σ(zf + peepholeF ⊙ c)     g = tanh(zg)
 *   c' = f ⊙ c + i ⊙ g            o = σ(zo + peepholeO ⊙ c')    h' = o ⊙ tanh(c')
 * As in the papers each gate sees its own cell alone: the peepholes are diagonal matrices, kept as rows [1, units].
 * (The chapter's 10.2 challenge also allows full matrices; those mix the cells and cost units² weights a gate.)
 *
 * x [batch, inputSize]; h, c [batch, units]; kernel [inputSize, 4·units]; recurrentKernel [units, 4·units];
 * bias [1, 4·units]; the gates packed i f g o.
 */
export class PeepholeLSTMCell implements Cell<LSTMState, LSTMCache> {
  readonly params: PeepholeLSTMParams;

  /** @throws RangeError if the parameters' shapes do not fit together */
  constructor(params: PeepholeLSTMParams) {
    assertKernels("PeepholeLSTMCell", 4, params);
    for (const name of ["peepholeI", "peepholeF", "peepholeO"] as const)
      assertShape(`PeepholeLSTMCell: ${name}`, params[name], { rows: 1, units: params.recurrentKernel.rows });
    this.params = params;
  }
  static init(config: CellConfig): PeepholeLSTMCell {
    const peephole = () => glorotUniform(config.random, 1, config.units);
    return new PeepholeLSTMCell({
      ...initKernels(4, config),
      bias: unitForgetBias(config.units),
      peepholeI: peephole(),
      peepholeF: peephole(),
      peepholeO: peephole(),
    });
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
    assertStep("PeepholeLSTMCell", this, x, { h, c });
    const { kernel, recurrentKernel, bias, peepholeI, peepholeF, peepholeO } = this.params;
    const [zi, zf, zg, zo] = x.matmul(kernel).add(h.matmul(recurrentKernel)).addRow(bias).splitColumns(4);
    const i = sigmoid(zi.add(c.mulRow(peepholeI)));
    const f = sigmoid(zf.add(c.mulRow(peepholeF)));
    const g = tanh(zg);
    const cNext = f.mul(c).add(i.mul(g));
    const o = sigmoid(zo.add(cNext.mulRow(peepholeO)));
    const tanhC = tanh(cNext);
    return { state: { h: o.mul(tanhC), c: cNext }, cache: { x, h, c, i, f, g, o, cNext, tanhC } };
  }

  backward(
    { h: dh, c: dcNext }: LSTMState,
    { x, h, c, i, f, g, o, cNext, tanhC }: LSTMCache,
  ): { dx: Matrix; dState: LSTMState; grads: PeepholeLSTMParams } {
    const { kernel, recurrentKernel, peepholeI, peepholeF, peepholeO } = this.params;
    const dzo = dh.mul(tanhC).mul(dSigmoid(o));
    const dc = dcNext.add(dh.mul(o).mul(dTanh(tanhC))).add(dzo.mulRow(peepholeO)); // o looked at c'
    const dzi = dc.mul(g).mul(dSigmoid(i));
    const dzf = dc.mul(c).mul(dSigmoid(f));
    const dzg = dc.mul(i).mul(dTanh(g));
    const dz = Matrix.concatColumns([dzi, dzf, dzg, dzo]);
    return {
      dx: dz.matmulTranspose(kernel),
      dState: {
        h: dz.matmulTranspose(recurrentKernel),
        c: dc.mul(f).add(dzi.mulRow(peepholeI)).add(dzf.mulRow(peepholeF)),
      },
      grads: {
        kernel: x.transposeMatmul(dz),
        recurrentKernel: h.transposeMatmul(dz),
        bias: dz.sumRows(),
        peepholeI: dzi.mul(c).sumRows(),
        peepholeF: dzf.mul(c).sumRows(),
        peepholeO: dzo.mul(cNext).sumRows(),
      },
    };
  }
}
