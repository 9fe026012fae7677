/**
 * What is timed. Every contestant builds the same thing from these descriptions; they travel as JSON.
 *
 * @typedef {object} RecurrentRow a training step of recurrent layers: forward, and the weights' gradients of the outputs' sum
 * @property {string} id
 * @property {string} name
 * @property {"lstm" | "gru" | "rnn"} kind
 * @property {number} batch
 * @property {number} timesteps
 * @property {number} inputSize
 * @property {number} units
 * @property {number} layers
 * @property {boolean} bidirectional
 * @property {"batch" | "length" | "units" | "threads"} [curve] the figure that it is a point of
 * @property {number} [x] where on the figure's axis
 *
 * @typedef {object} FitRow a whole fit, as time a step
 * @property {string} id
 * @property {string} name
 * @property {number} batch
 * @property {number} timesteps
 * @property {number} steps batches in one fit
 * @property {number} stockSteps the same for the stock layers, which are slow
 * @property {{ kind: "oneHot" | "numbers" | "tokens", size: number }} input
 * @property {Layer[]} model
 * @property {"softmax" | "mse" | "binary"} loss
 *
 * @typedef {{ type: "lstm", units: number, sequences: boolean, bidirectional?: boolean }
 *   | { type: "dense", units: number, activation?: "relu" }
 *   | { type: "dropout", rate: number }
 *   | { type: "embedding", units: number }} Layer
 *
 * @typedef {RecurrentRow | FitRow} Row
 */

const base = {
  kind: /** @type {const} */ ("lstm"),
  batch: 32,
  timesteps: 100,
  inputSize: 65,
  units: 128,
  layers: 1,
  bidirectional: false,
};

/** @type {(id: string, change?: Partial<RecurrentRow>) => RecurrentRow} */
function recurrent(id, change = {}) {
  const row = { ...base, ...change };
  const { kind, batch, timesteps, inputSize, units, layers, bidirectional } = row;
  const cell = (bidirectional ? "Bi" : "") + kind.toUpperCase();
  const name = `${layers > 1 ? `${layers}×` : ""}${cell}, batch ${batch}, T ${timesteps}, ${inputSize}→${units}`;
  return { ...row, id, name };
}

/** @type {RecurrentRow[]} */
export const recurrentRows = [
  recurrent("lstm"),
  recurrent("lstm-stacked", { layers: 2, batch: 64, timesteps: 40, inputSize: 60 }),
  recurrent("lstm-narrow", { layers: 2, timesteps: 60, inputSize: 1, units: 64 }),
  recurrent("bilstm", { bidirectional: true, timesteps: 200, inputSize: 128, units: 64 }),
  recurrent("gru", { kind: "gru" }),
  recurrent("rnn", { kind: "rnn" }),
  recurrent("lstm-single", { batch: 1 }),
];

/** @type {FitRow[]} */
export const fitRows = [
  {
    id: "fit-characters",
    name: "fit: characters, 2×LSTM 128, batch 64, T 100",
    batch: 64,
    timesteps: 100,
    steps: 50,
    stockSteps: 2,
    input: { kind: "oneHot", size: 65 },
    model: [
      { type: "lstm", units: 128, sequences: true },
      { type: "lstm", units: 128, sequences: true },
      { type: "dense", units: 65 },
    ],
    loss: "softmax",
  },
  {
    id: "fit-stock",
    name: "fit: chapter 11.2, LSTM 64, 64, 32, batch 32, T 60",
    batch: 32,
    timesteps: 60,
    steps: 22,
    stockSteps: 2,
    input: { kind: "numbers", size: 1 },
    model: [
      { type: "lstm", units: 64, sequences: true },
      { type: "dropout", rate: 0.2 },
      { type: "lstm", units: 64, sequences: true },
      { type: "dropout", rate: 0.2 },
      { type: "lstm", units: 32, sequences: false },
      { type: "dropout", rate: 0.2 },
      { type: "dense", units: 16, activation: "relu" },
      { type: "dense", units: 1 },
    ],
    loss: "mse",
  },
  {
    id: "fit-sentiment",
    name: "fit: chapter 11.3, embedding, BiLSTM 64, 32, batch 32, T 200",
    batch: 32,
    timesteps: 200,
    steps: 20,
    stockSteps: 2,
    input: { kind: "tokens", size: 10_000 },
    model: [
      { type: "embedding", units: 128 },
      { type: "lstm", units: 64, sequences: true, bidirectional: true },
      { type: "lstm", units: 32, sequences: false, bidirectional: true },
      { type: "dense", units: 64, activation: "relu" },
      { type: "dropout", rate: 0.5 },
      { type: "dense", units: 1 },
    ],
    loss: "binary",
  },
];

/** A process's first step, and what it has used after some. */
export const firstRow = recurrent("first", { batch: 1, timesteps: 1 });
export const memoryRow = recurrent("memory");

const points = {
  batch: [1, 4, 16, 32, 64, 128],
  length: [10, 25, 50, 100, 200, 400],
  units: [16, 32, 64, 128, 256, 512],
};
const changes = { batch: "batch", length: "timesteps", units: "units" };

/** The points of three curves: all else as in the first row. The fourth, threads, is that row for more threads. */
export const curveRows = Object.entries(points).flatMap(([curve, xs]) =>
  xs.map((x) => ({
    ...recurrent(`curve-${curve}-${x}`, { [changes[curve]]: x }),
    curve: /** @type {RecurrentRow["curve"]} */ (curve),
    x,
  })),
);

/** @type {RecurrentRow} */
export const threadsRow = { ...recurrent("curve-threads"), curve: "threads" };

/**
 * The floating-point operations of a row's products, by the engine's task; a multiply-add counts two. Forward x·W and h·U, backward ∂h, at
 * the end ∂W, ∂U and, above the first layer, ∂x.
 *
 * @param {RecurrentRow} row
 */
export function operationsByTask({ kind, batch, timesteps, inputSize, units, layers, bidirectional }) {
  const directions = bidirectional ? 2 : 1;
  const each = directions * 2 * batch * timesteps * { lstm: 4, gru: 3, rnn: 1 }[kind] * units;
  const inputs = inputSize + (layers - 1) * directions * units;
  const dx = (layers - 1) * directions * units;
  return {
    recurrentForward: each * (inputs + layers * units),
    recurrentBackward: each * layers * units,
    recurrentGradients: each * (inputs + layers * units),
    recurrentInputGradient: each * dx,
  };
}

/** All of them together. @param {RecurrentRow} row */
export const floatingPointOperations = (row) =>
  Object.values(operationsByTask(row)).reduce((total, operations) => total + operations, 0);
