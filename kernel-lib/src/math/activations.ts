import { Matrix } from "./matrix";

/** σ(v) = 1 / (1 + e^−v) of one number, without overflow for large |v|. */
export function logistic(v: number): number {
  if (v >= 0) return 1 / (1 + Math.exp(-v));
  const e = Math.exp(v);
  return e / (1 + e);
}

/** σ, elementwise. */
export function sigmoid(m: Matrix): Matrix {
  const out = Matrix.zeros(m.rows, m.cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = logistic(m.data[i]);
  return out;
}

/** tanh, elementwise. */
export function tanh(m: Matrix): Matrix {
  const out = Matrix.zeros(m.rows, m.cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = Math.tanh(m.data[i]);
  return out;
}

/** max(0, v), elementwise. */
export function relu(m: Matrix): Matrix {
  const out = Matrix.zeros(m.rows, m.cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = Math.max(0, m.data[i]);
  return out;
}

/** σ′ from σ's own output s, which is what a cell's cache holds: s·(1 − s). */
export function dSigmoid(s: Matrix): Matrix {
  const out = Matrix.zeros(s.rows, s.cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = s.data[i] * (1 - s.data[i]);
  return out;
}

/** tanh′ from tanh's own output t: 1 − t². */
export function dTanh(t: Matrix): Matrix {
  const out = Matrix.zeros(t.rows, t.cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = 1 - t.data[i] * t.data[i];
  return out;
}

/** relu′ from relu's own output: 1 where it is positive, else 0. */
export function dRelu(r: Matrix): Matrix {
  const out = Matrix.zeros(r.rows, r.cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = r.data[i] > 0 ? 1 : 0;
  return out;
}

/** The softmax of every row: e^vⱼ / Σₖ e^vₖ, shifted by the row's maximum so that nothing overflows. */
export function softmax(m: Matrix): Matrix {
  const out = Matrix.zeros(m.rows, m.cols);
  for (let r = 0; r < m.rows; r++) {
    const [from, to] = [r * m.cols, (r + 1) * m.cols];
    let max = Number.NEGATIVE_INFINITY;
    for (let i = from; i < to; i++) max = Math.max(max, m.data[i]);
    let sum = 0;
    for (let i = from; i < to; i++) sum += out.data[i] = Math.exp(m.data[i] - max);
    for (let i = from; i < to; i++) out.data[i] /= sum;
  }
  return out;
}

/** The gradient through a softmax whose output is p: p ⊙ (dp − Σⱼ dpⱼ·pⱼ), row by row. */
export function softmaxBackward(dp: Matrix, p: Matrix): Matrix {
  const out = dp.mul(p);
  for (let r = 0; r < p.rows; r++) {
    const [from, to] = [r * p.cols, (r + 1) * p.cols];
    let inner = 0;
    for (let i = from; i < to; i++) inner += out.data[i];
    for (let i = from; i < to; i++) out.data[i] -= inner * p.data[i];
  }
  return out;
}

/** An elementwise activation together with its derivative, which is written in terms of the output. */
export type Activation = {
  readonly apply: (z: Matrix) => Matrix;
  readonly derivative: (output: Matrix) => Matrix;
};

/** The activations to compose a cell from, such as `RNNCell.init({ …, activation: activations.relu })`. */
export const activations: Readonly<Record<"sigmoid" | "tanh" | "relu" | "linear", Activation>> = {
  sigmoid: { apply: sigmoid, derivative: dSigmoid },
  tanh: { apply: tanh, derivative: dTanh },
  relu: { apply: relu, derivative: dRelu },
  linear: { apply: (z) => z, derivative: (output) => Matrix.ones(output.rows, output.cols) },
};
