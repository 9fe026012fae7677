import { Dense } from "../cells/dense";
import { GRUCell } from "../cells/gru";
import { LSTMCell } from "../cells/lstm";
import { RNNCell } from "../cells/rnn";
import { Matrix } from "../math/matrix";
import type { Rows } from "./rows";

/**
 * Weights as the chapter writes them: W·v + b with column vectors, so W is our matrix transposed. In the LSTM and
 * the GRU each gate has one W [units, units + inputSize] for the concatenation [h, x], h first. (5.2 writes W_C for
 * the candidate, the code of 10.2 W_c; biases are plain lists here, columns there.)
 */
export type ChapterRNNWeights = {
  readonly W_xh: Rows;
  readonly W_hh: Rows;
  readonly b_h: ArrayLike<number>;
};
export type ChapterLSTMWeights = {
  readonly W_f: Rows;
  readonly W_i: Rows;
  readonly W_C: Rows;
  readonly W_o: Rows;
  readonly b_f: ArrayLike<number>;
  readonly b_i: ArrayLike<number>;
  readonly b_C: ArrayLike<number>;
  readonly b_o: ArrayLike<number>;
};
export type ChapterGRUWeights = {
  readonly W_z: Rows;
  readonly W_r: Rows;
  readonly W_h: Rows;
  readonly b_z: ArrayLike<number>;
  readonly b_r: ArrayLike<number>;
  readonly b_h: ArrayLike<number>;
};
/** The output layer: `W_hy`, `b_y` of the chapter's VanillaRNN, `W_y`, `b_y` of its LSTM. */
export type ChapterOutputWeights = { readonly W: Rows; readonly b: ArrayLike<number> };

type Gate = { W: number[][]; b: number[] };

export function fromChapterRNN({ W_xh, W_hh, b_h }: ChapterRNNWeights): RNNCell {
  return new RNNCell({
    kernel: Matrix.from(W_xh).T,
    recurrentKernel: Matrix.from(W_hh).T,
    bias: Matrix.from([b_h]),
  });
}
export function fromChapterLSTM(w: ChapterLSTMWeights): LSTMCell {
  return new LSTMCell(
    packGates([
      { W: w.W_i, b: w.b_i },
      { W: w.W_f, b: w.b_f },
      { W: w.W_C, b: w.b_C },
      { W: w.W_o, b: w.b_o },
    ]),
  );
}
/**
 * The chapter's z_t opens for the new value, h = (1 − z) ⊙ h + z ⊙ h̃; ours, like Keras' and PyTorch's, for the old
 * one. σ(−v) = 1 − σ(v), so the weights of z change their sign.
 */
export function fromChapterGRU(w: ChapterGRUWeights): GRUCell {
  const packed = packGates([
    { W: w.W_z, b: w.b_z },
    { W: w.W_r, b: w.b_r },
    { W: w.W_h, b: w.b_h },
  ]);
  return new GRUCell({
    kernel: negateZ(packed.kernel),
    recurrentKernel: negateZ(packed.recurrentKernel),
    bias: negateZ(packed.bias),
  });
}
export function fromChapterOutput({ W, b }: ChapterOutputWeights): Dense {
  return new Dense({ kernel: Matrix.from(W).T, bias: Matrix.from([b]) });
}

export function toChapterRNN({ params }: RNNCell): { W_xh: number[][]; W_hh: number[][]; b_h: number[] } {
  return {
    W_xh: params.kernel.T.toArray(),
    W_hh: params.recurrentKernel.T.toArray(),
    b_h: Array.from(params.bias.data),
  };
}
export function toChapterLSTM({ params }: LSTMCell): {
  [name in keyof ChapterLSTMWeights]: name extends `W_${string}` ? number[][] : number[];
} {
  const [i, f, c, o] = unpackGates(4, params);
  return { W_f: f.W, W_i: i.W, W_C: c.W, W_o: o.W, b_f: f.b, b_i: i.b, b_C: c.b, b_o: o.b };
}
export function toChapterGRU({ params }: GRUCell): {
  [name in keyof ChapterGRUWeights]: name extends `W_${string}` ? number[][] : number[];
} {
  const [z, r, h] = unpackGates(3, {
    kernel: negateZ(params.kernel),
    recurrentKernel: negateZ(params.recurrentKernel),
    bias: negateZ(params.bias),
  });
  return { W_z: z.W, W_r: r.W, W_h: h.W, b_z: z.b, b_r: r.b, b_h: h.b };
}
export function toChapterOutput({ params }: Dense): { W: number[][]; b: number[] } {
  return { W: params.kernel.T.toArray(), b: Array.from(params.bias.data) };
}

type Packed = { kernel: Matrix; recurrentKernel: Matrix; bias: Matrix };

function packGates(gates: { W: Rows; b: ArrayLike<number> }[]): Packed {
  const units = gates[0].W.length;
  const transposed = gates.map(({ W }) => Matrix.from(W).T); // [units + inputSize, units]
  return {
    kernel: Matrix.concatColumns(transposed.map((m) => m.sliceRows(units, m.rows))),
    recurrentKernel: Matrix.concatColumns(transposed.map((m) => m.sliceRows(0, units))),
    bias: Matrix.concatColumns(gates.map(({ b }) => Matrix.from([b]))),
  };
}

function unpackGates(count: number, { kernel, recurrentKernel, bias }: Packed): Gate[] {
  const joined = Matrix.concatRows([recurrentKernel, kernel]).splitColumns(count);
  const biases = bias.splitColumns(count);
  return joined.map((m, k) => ({ W: m.T.toArray(), b: Array.from(biases[k].data) }));
}

/** The first of three blocks of columns with its sign changed: its own inverse. */
function negateZ(m: Matrix): Matrix {
  const units = m.cols / 3;
  return m.map((v, i) => (i % m.cols < units ? 0 - v : v));
}
