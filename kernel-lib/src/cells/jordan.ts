import { type Activation, activations } from "../math/activations";
import { Matrix } from "../math/matrix";
import type { Rng } from "../math/random";
import { assertShape } from "../math/shape";
import type { Cell } from "./cell";
import { glorotUniform } from "./init";
import { assertStep } from "./shapes";

/** h is the network's output; context is the fading sum of its outputs before. */
export type JordanState = { h: Matrix; context: Matrix };
export type JordanCache = { x: Matrix; context: Matrix; hidden: Matrix; hNext: Matrix };
export type JordanParams = {
  kernel: Matrix;
  recurrentKernel: Matrix;
  bias: Matrix;
  outputKernel: Matrix;
  outputBias: Matrix;
};

/**
 * One step of Jordan's network (M. I. Jordan, Serial order: a parallel distributed processing approach, ICS Report 8604,
 * University of California, San Diego, 1986): what comes back is the output, not the hidden layer, through context
 * units that fade by themselves.
 *   context' = decay·context + h      hidden = φ(x·kernel + context'·recurrentKernel + bias)
 *   h' = φ(hidden·outputKernel + outputBias)      (φ = σ unless another activation is given)
 *
 * x [batch, inputSize]; h, context [batch, units]; kernel [inputSize, hiddenUnits]; recurrentKernel [units, hiddenUnits];
 * bias [1, hiddenUnits]; outputKernel [hiddenUnits, units]; outputBias [1, units].
 */
export class JordanCell implements Cell<JordanState, JordanCache> {
  readonly params: JordanParams;
  readonly decay: number;
  readonly activation: Activation;

  /** @throws RangeError if the parameters' shapes do not fit together, or `decay` is not in [0, 1) */
  constructor(params: JordanParams, decay = 0.5, activation: Activation = activations.sigmoid) {
    const { kernel, recurrentKernel, bias, outputKernel, outputBias } = params;
    const hiddenUnits = kernel.cols;
    const units = outputKernel.cols;
    assertShape("JordanCell: recurrentKernel", recurrentKernel, { units, hiddenUnits });
    assertShape("JordanCell: bias", bias, { rows: 1, hiddenUnits });
    assertShape("JordanCell: outputKernel", outputKernel, { hiddenUnits, units });
    assertShape("JordanCell: outputBias", outputBias, { rows: 1, units });
    if (!(decay >= 0 && decay < 1))
      throw new RangeError(`JordanCell: decay: expected a number from 0 to below 1, got ${decay}`);
    this.params = params;
    this.decay = decay;
    this.activation = activation;
  }
  static init(config: {
    readonly inputSize: number;
    readonly hiddenUnits: number;
    readonly units: number;
    readonly random: Rng;
    readonly decay?: number;
    readonly activation?: Activation;
  }): JordanCell {
    const { inputSize, hiddenUnits, units, random, decay, activation } = config;
    const params = {
      kernel: glorotUniform(random, inputSize, hiddenUnits),
      recurrentKernel: glorotUniform(random, units, hiddenUnits),
      bias: Matrix.zeros(1, hiddenUnits),
      outputKernel: glorotUniform(random, hiddenUnits, units),
      outputBias: Matrix.zeros(1, units),
    };
    return new JordanCell(params, decay, activation);
  }
  get inputSize(): number {
    return this.params.kernel.rows;
  }
  get units(): number {
    return this.params.outputKernel.cols;
  }
  zeroState(batch: number): JordanState {
    return { h: Matrix.zeros(batch, this.units), context: Matrix.zeros(batch, this.units) };
  }

  forward(x: Matrix, state: JordanState): { state: JordanState; cache: JordanCache } {
    assertStep("JordanCell", this, x, state);
    const { kernel, recurrentKernel, bias, outputKernel, outputBias } = this.params;
    const { apply } = this.activation;
    const context = state.context.scale(this.decay).add(state.h);
    const hidden = apply(x.matmul(kernel).add(context.matmul(recurrentKernel)).addRow(bias));
    const hNext = apply(hidden.matmul(outputKernel).addRow(outputBias));
    return { state: { h: hNext, context }, cache: { x, context, hidden, hNext } };
  }

  backward(
    { h: dh, context: dContextNext }: JordanState,
    { x, context, hidden, hNext }: JordanCache,
  ): { dx: Matrix; dState: JordanState; grads: JordanParams } {
    const { kernel, recurrentKernel, outputKernel } = this.params;
    const { derivative } = this.activation;
    const dOutput = dh.mul(derivative(hNext));
    const dz = dOutput.matmulTranspose(outputKernel).mul(derivative(hidden));
    const dContext = dContextNext.add(dz.matmulTranspose(recurrentKernel));
    return {
      dx: dz.matmulTranspose(kernel),
      dState: { h: dContext, context: dContext.scale(this.decay) },
      grads: {
        kernel: x.transposeMatmul(dz),
        recurrentKernel: context.transposeMatmul(dz),
        bias: dz.sumRows(),
        outputKernel: hidden.transposeMatmul(dOutput),
        outputBias: dOutput.sumRows(),
      },
    };
  }
}
