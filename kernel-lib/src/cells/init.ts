import { orthogonal } from "../math/linalg";
import { Matrix } from "../math/matrix";
import { normal, type Rng, uniform } from "../math/random";

/** Makes a matrix of parameters: `rows` is the fan-in, `cols` the fan-out (all gates together). */
export type Initializer = (random: Rng, rows: number, cols: number) => Matrix;

/**
 * What a cell is made from. Without initializers of its own it gets Keras' defaults: `glorotUniform` for the
 * kernel, `orthogonal` for the recurrent kernel.
 */
export type CellConfig = {
  readonly inputSize: number;
  readonly units: number;
  readonly random: Rng;
  readonly kernelInitializer?: Initializer;
  readonly recurrentInitializer?: Initializer;
};

/** Uniform on ±√(6 / (fanIn + fanOut)) (Glorot & Bengio 2010, eq. 16). */
export const glorotUniform: Initializer = (random, rows, cols) =>
  uniform(random, rows, cols, Math.sqrt(6 / (rows + cols)));

/**
 * Normal with variance 2 / (n + d), the chapter's Xavier initialization. The chapter's LSTM and GRU take it for
 * each gate alone, so for packed gates give the n + d of one gate: `xavierNormal(units + inputSize)`.
 */
export const xavierNormal =
  (fanSum: number): Initializer =>
  (random, rows, cols) =>
    normal(random, rows, cols, Math.sqrt(2 / fanSum));

/** The kernel and the recurrent kernel of a cell with `gates` packed side by side. */
export function initKernels(
  gates: number,
  {
    inputSize,
    units,
    random,
    kernelInitializer = glorotUniform,
    recurrentInitializer = orthogonal,
  }: CellConfig,
): { kernel: Matrix; recurrentKernel: Matrix } {
  return {
    kernel: kernelInitializer(random, inputSize, gates * units),
    recurrentKernel: recurrentInitializer(random, units, gates * units),
  };
}

/**
 * An LSTM's bias [1, 4·units], packed i f g o: 1 for the forget gate, else 0, so that a new cell remembers
 * (Jozefowicz, Zaremba & Sutskever 2015).
 */
export function unitForgetBias(units: number): Matrix {
  return Matrix.zeros(1, 4 * units).map((_, j) => (j >= units && j < 2 * units ? 1 : 0));
}
