import { type Activation, activations } from "../math/activations";
import { Matrix } from "../math/matrix";
import type { Cell } from "./cell";
import { type CellConfig, initKernels } from "./init";
import { assertKernels, assertStep } from "./shapes";

export type RNNState = { h: Matrix };
export type RNNCache = { x: Matrix; h: Matrix; hNext: Matrix };
export type RNNParams = { kernel: Matrix; recurrentKernel: Matrix; bias: Matrix };

/**
 * One step of the vanilla (Elman 1990) network, the chapter's 5.1:
 *   h' = φ(x·kernel + h·recurrentKernel + bias)      (φ = tanh unless another activation is given)
 *
 * x [batch, inputSize]; h [batch, units]; kernel [inputSize, units]; recurrentKernel [units, units]; bias [1, units].
 */
export class RNNCell implements Cell<RNNState, RNNCache> {
  readonly params: RNNParams;
  readonly activation: Activation;

  /** @throws RangeError if the parameters' shapes do not fit together */
  constructor(params: RNNParams, activation: Activation = activations.tanh) {
    assertKernels("RNNCell", 1, params);
    this.params = params;
    this.activation = activation;
  }
  static init({ activation, ...config }: CellConfig & { readonly activation?: Activation }): RNNCell {
    return new RNNCell({ ...initKernels(1, config), bias: Matrix.zeros(1, config.units) }, activation);
  }
  get inputSize(): number {
    return this.params.kernel.rows;
  }
  get units(): number {
    return this.params.recurrentKernel.rows;
  }
  zeroState(batch: number): RNNState {
    return { h: Matrix.zeros(batch, this.units) };
  }

  forward(x: Matrix, { h }: RNNState): { state: RNNState; cache: RNNCache } {
    assertStep("RNNCell", this, x, { h });
    const { kernel, recurrentKernel, bias } = this.params;
    const hNext = this.activation.apply(x.matmul(kernel).add(h.matmul(recurrentKernel)).addRow(bias));
    return { state: { h: hNext }, cache: { x, h, hNext } };
  }

  backward(
    { h: dh }: RNNState,
    { x, h, hNext }: RNNCache,
  ): { dx: Matrix; dState: RNNState; grads: RNNParams } {
    const { kernel, recurrentKernel } = this.params;
    const dz = dh.mul(this.activation.derivative(hNext));
    return {
      dx: dz.matmulTranspose(kernel),
      dState: { h: dz.matmulTranspose(recurrentKernel) },
      grads: {
        kernel: x.transposeMatmul(dz),
        recurrentKernel: h.transposeMatmul(dz),
        bias: dz.sumRows(),
      },
    };
  }
}
