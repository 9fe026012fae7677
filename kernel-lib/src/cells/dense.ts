import { Matrix } from "../math/matrix";
import type { Rng } from "../math/random";
import { assertNotEmpty, assertShape } from "../math/shape";
import { glorotUniform, type Initializer } from "./init";

export type DenseParams = { kernel: Matrix; bias: Matrix };
export type DenseCache = { x: Matrix };

/**
 * The output head y = x·kernel + bias: the chapter's W_hy·h + b_y. Its output are the logits of a softmax, or the
 * values of a regression.
 *
 * x [batch, inputSize]; y [batch, units]; kernel [inputSize, units]; bias [1, units].
 */
export class Dense {
  readonly params: DenseParams;

  /** @throws RangeError if the parameters' shapes do not fit together */
  constructor(params: DenseParams) {
    assertShape("Dense: bias", params.bias, { rows: 1, units: params.kernel.cols });
    this.params = params;
  }
  static init(config: {
    readonly inputSize: number;
    readonly units: number;
    readonly random: Rng;
    readonly kernelInitializer?: Initializer;
  }): Dense {
    const { inputSize, units, random, kernelInitializer = glorotUniform } = config;
    return new Dense({ kernel: kernelInitializer(random, inputSize, units), bias: Matrix.zeros(1, units) });
  }
  get inputSize(): number {
    return this.params.kernel.rows;
  }
  get units(): number {
    return this.params.kernel.cols;
  }

  forward(x: Matrix): { y: Matrix; cache: DenseCache } {
    assertShape("Dense.forward: x", x, { batch: x.rows, inputSize: this.inputSize });
    return { y: x.matmul(this.params.kernel).addRow(this.params.bias), cache: { x } };
  }

  backward(dy: Matrix, { x }: DenseCache): { dx: Matrix; grads: DenseParams } {
    assertShape("Dense.backward: dy", dy, { batch: x.rows, units: this.units });
    return {
      dx: dy.matmulTranspose(this.params.kernel),
      grads: { kernel: x.transposeMatmul(dy), bias: dy.sumRows() },
    };
  }

  /** The same head at every step: one product over all steps' rows together. */
  forwardSequence(xs: readonly Matrix[]): { ys: Matrix[]; cache: DenseCache } {
    assertNotEmpty("Dense.forwardSequence: xs", xs);
    const { y, cache } = this.forward(Matrix.concatRows(xs));
    return { ys: y.splitRows(xs.length), cache };
  }

  /** `dxs` by step; the gradients summed over the steps. */
  backwardSequence(dys: readonly Matrix[], cache: DenseCache): { dxs: Matrix[]; grads: DenseParams } {
    assertNotEmpty("Dense.backwardSequence: dys", dys);
    const { dx, grads } = this.backward(Matrix.concatRows(dys), cache);
    return { dxs: dx.splitRows(dys.length), grads };
  }
}
