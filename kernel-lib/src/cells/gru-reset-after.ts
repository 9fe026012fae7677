import { dSigmoid, dTanh, sigmoid, tanh } from "../math/activations";
import { Matrix } from "../math/matrix";
import { assertShape } from "../math/shape";
import type { Cell } from "./cell";
import type { GRUState } from "./gru";
import { type CellConfig, initKernels } from "./init";
import { assertKernels, assertStep } from "./shapes";

/** The step's inputs (x, h), its gates, the candidate, and the recurrent part of the candidate before the reset. */
export type GRUResetAfterCache = GRUState & { x: Matrix; z: Matrix; r: Matrix; hTilde: Matrix; u: Matrix };
export type GRUResetAfterParams = {
  kernel: Matrix;
  recurrentKernel: Matrix;
  bias: Matrix;
  recurrentBias: Matrix;
};

/**
 * One GRU step with the reset gate applied after the recurrent product, as Keras by default (`reset_after=True`),
 * PyTorch and cuDNN do: one product for all gates, and a bias of its own for it. Packed z r h.
 *   a = x·kernel + bias        u = h·recurrentKernel + recurrentBias
 *   z = σ(a_z + u_z)           r = σ(a_r + u_r)           hTilde = tanh(a_h + r ⊙ u_h)
 *   h' = z ⊙ h + (1 − z) ⊙ hTilde
 *
 * x [batch, inputSize]; h [batch, units]; kernel [inputSize, 3·units]; recurrentKernel [units, 3·units];
 * bias, recurrentBias [1, 3·units].
 */
export class GRUCellResetAfter implements Cell<GRUState, GRUResetAfterCache> {
  readonly params: GRUResetAfterParams;

  /** @throws RangeError if the parameters' shapes do not fit together */
  constructor(params: GRUResetAfterParams) {
    assertKernels("GRUCellResetAfter", 3, params);
    assertShape("GRUCellResetAfter: recurrentBias", params.recurrentBias, {
      rows: 1,
      "3·units": params.recurrentKernel.cols,
    });
    this.params = params;
  }
  static init(config: CellConfig): GRUCellResetAfter {
    const bias = () => Matrix.zeros(1, 3 * config.units);
    return new GRUCellResetAfter({ ...initKernels(3, config), bias: bias(), recurrentBias: bias() });
  }
  get inputSize(): number {
    return this.params.kernel.rows;
  }
  get units(): number {
    return this.params.recurrentKernel.rows;
  }
  zeroState(batch: number): GRUState {
    return { h: Matrix.zeros(batch, this.units) };
  }

  forward(x: Matrix, { h }: GRUState): { state: GRUState; cache: GRUResetAfterCache } {
    assertStep("GRUCellResetAfter", this, x, { h });
    const { kernel, recurrentKernel, bias, recurrentBias } = this.params;
    const [az, ar, ah] = x.matmul(kernel).addRow(bias).splitColumns(3);
    const [uz, ur, u] = h.matmul(recurrentKernel).addRow(recurrentBias).splitColumns(3);
    const z = sigmoid(az.add(uz));
    const r = sigmoid(ar.add(ur));
    const hTilde = tanh(ah.add(r.mul(u)));
    const hNext = hTilde.add(z.mul(h.sub(hTilde)));
    return { state: { h: hNext }, cache: { x, h, z, r, hTilde, u } };
  }

  backward(
    { h: dh }: GRUState,
    { x, h, z, r, hTilde, u }: GRUResetAfterCache,
  ): { dx: Matrix; dState: GRUState; grads: GRUResetAfterParams } {
    const { kernel, recurrentKernel } = this.params;
    const dah = dh.sub(dh.mul(z)).mul(dTanh(hTilde));
    const dz = dh.mul(h.sub(hTilde)).mul(dSigmoid(z));
    const dr = dah.mul(u).mul(dSigmoid(r));
    const da = Matrix.concatColumns([dz, dr, dah]);
    const du = Matrix.concatColumns([dz, dr, dah.mul(r)]);
    return {
      dx: da.matmulTranspose(kernel),
      dState: { h: dh.mul(z).add(du.matmulTranspose(recurrentKernel)) },
      grads: {
        kernel: x.transposeMatmul(da),
        recurrentKernel: h.transposeMatmul(du),
        bias: da.sumRows(),
        recurrentBias: du.sumRows(),
      },
    };
  }
}
