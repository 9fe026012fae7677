import { dSigmoid, dTanh, sigmoid, tanh } from "../math/activations";
import { Matrix } from "../math/matrix";
import type { Cell } from "./cell";
import { type CellConfig, initKernels } from "./init";
import { assertKernels, assertStep } from "./shapes";

export type GRUState = { h: Matrix };
/** The step's inputs (x, h), its gates, the candidate, and what the candidate saw of the past: r ⊙ h. */
export type GRUCache = GRUState & { x: Matrix; z: Matrix; r: Matrix; hTilde: Matrix; rh: Matrix };
export type GRUParams = { kernel: Matrix; recurrentKernel: Matrix; bias: Matrix };

/**
 * One GRU step with the reset gate applied before the recurrent product, as in the original paper (Cho et al.
 * 2014, arXiv:1406.1078) and as Keras' `reset_after=False`. Packed z r h.
 *   [z r] = σ(x·kernel + h·recurrentKernel + bias)
 *   hTilde = tanh(x·kernel + (r ⊙ h)·recurrentKernel + bias)
 *   h' = z ⊙ h + (1 − z) ⊙ hTilde
 * The chapter's 5.3 writes h' = (1 − z) ⊙ h + z ⊙ hTilde: the same cell with z's weights negated (σ(−v) = 1 − σ(v)).
 *
 * x [batch, inputSize]; h [batch, units]; kernel [inputSize, 3·units]; recurrentKernel [units, 3·units];
 * bias [1, 3·units].
 */
export class GRUCell implements Cell<GRUState, GRUCache> {
  readonly params: GRUParams;

  /** @throws RangeError if the parameters' shapes do not fit together */
  constructor(params: GRUParams) {
    assertKernels("GRUCell", 3, params);
    this.params = params;
  }
  static init(config: CellConfig): GRUCell {
    return new GRUCell({ ...initKernels(3, config), bias: Matrix.zeros(1, 3 * config.units) });
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

  forward(x: Matrix, { h }: GRUState): { state: GRUState; cache: GRUCache } {
    assertStep("GRUCell", this, x, { h });
    const { kernel, bias } = this.params;
    const { gates, candidate } = this.recurrentBlocks();
    const [xz, xr, xh] = x.matmul(kernel).addRow(bias).splitColumns(3);
    const [hz, hr] = h.matmul(gates).splitColumns(2);
    const z = sigmoid(xz.add(hz));
    const r = sigmoid(xr.add(hr));
    const rh = r.mul(h);
    const hTilde = tanh(xh.add(rh.matmul(candidate)));
    const hNext = hTilde.add(z.mul(h.sub(hTilde)));
    return { state: { h: hNext }, cache: { x, h, z, r, hTilde, rh } };
  }

  backward(
    { h: dh }: GRUState,
    { x, h, z, r, hTilde, rh }: GRUCache,
  ): { dx: Matrix; dState: GRUState; grads: GRUParams } {
    const { gates, candidate } = this.recurrentBlocks();
    const dzh = dh.sub(dh.mul(z)).mul(dTanh(hTilde));
    const drh = dzh.matmulTranspose(candidate);
    const dzz = dh.mul(h.sub(hTilde)).mul(dSigmoid(z));
    const dzr = drh.mul(h).mul(dSigmoid(r));
    const dGates = Matrix.concatColumns([dzz, dzr]);
    const dz = Matrix.concatColumns([dGates, dzh]);
    return {
      dx: dz.matmulTranspose(this.params.kernel),
      dState: { h: dh.mul(z).add(drh.mul(r)).add(dGates.matmulTranspose(gates)) },
      grads: {
        kernel: x.transposeMatmul(dz),
        recurrentKernel: Matrix.concatColumns([h.transposeMatmul(dGates), rh.transposeMatmul(dzh)]),
        bias: dz.sumRows(),
      },
    };
  }

  /** The recurrent kernel's columns for z and r, which see h, and for the candidate, which sees r ⊙ h. */
  private recurrentBlocks(): { gates: Matrix; candidate: Matrix } {
    const { recurrentKernel } = this.params;
    return {
      gates: recurrentKernel.sliceColumns(0, 2 * this.units),
      candidate: recurrentKernel.sliceColumns(2 * this.units, 3 * this.units),
    };
  }
}
