import { describe, expect, it } from "vitest";
import {
  Bidirectional,
  fromChapterGRU,
  fromKerasGRUResetAfter,
  GRUCell,
  GRUCellResetAfter,
  LSTMCell,
  Matrix,
  normal,
  type Params,
  PeepholeLSTMCell,
  RNNCell,
  rng,
  toPyTorch,
  toPyTorchGRU,
  unroll,
} from "../../src";
import { golden, type Rows, sequence } from "../golden/load";

// What the chapter's section 5 says of counts and conventions, and what is true.
const config = { inputSize: 64, units: 128, random: rng(5) };
const count = (params: Params) => Object.values(params).reduce((sum, { data }) => sum + data.length, 0);
const numbersIn = (value: unknown): number =>
  typeof value === "number"
    ? 1
    : Object.values(value as object).reduce<number>((sum, part) => sum + numbersIn(part), 0);

describe("5.3, two conventions of the GRU", () => {
  const random = rng(53);
  const xs = Array.from({ length: 6 }, () => normal(random, 1, 2));
  const W = () => normal(random, 3, 5).toArray();
  const b = () => [...normal(random, 1, 3).data];
  const weights = { W_z: W(), W_r: W(), W_h: W(), b_z: b(), b_r: b(), b_h: b() };

  it("z of the chapter is 1 − z of the libraries (erratum 15)", () => {
    const { caches } = unroll(fromChapterGRU(weights), xs);
    const [hx, Wz] = [Matrix.concatColumns([Matrix.zeros(1, 3), xs[0]]), Matrix.from(weights.W_z)];
    const chapters = hx
      .matmul(Wz.T)
      .addRow(Matrix.from([weights.b_z]))
      .map((v) => 1 / (1 + Math.exp(-v)));
    expect(chapters.add(caches[0].z).equals(Matrix.ones(1, 3), 1e-15)).toBe(true);
  });

  const after = ({ params }: GRUCell) =>
    new GRUCellResetAfter({ ...params, recurrentBias: Matrix.zeros(1, params.bias.cols) });
  const gap = (cell: GRUCell) =>
    Matrix.concatRows(unroll(cell, xs).hs).maxAbsDifference(Matrix.concatRows(unroll(after(cell), xs).hs));
  const withCandidate = (units: number, change: (U: Matrix) => Matrix) => {
    const { params } = GRUCell.init({ inputSize: 2, units, random: rng(units) });
    const [z, r, U] = params.recurrentKernel.scale(2).splitColumns(3);
    return new GRUCell({ ...params, recurrentKernel: Matrix.concatColumns([z, r, change(U)]) });
  };
  it("reset before and after the product agree for one unit and for a diagonal matrix, else not", () => {
    expect(gap(withCandidate(1, (U) => U))).toBeLessThan(1e-14);
    expect(gap(withCandidate(3, (U) => U.map((v, p) => (p % 4 === 0 ? v : 0))))).toBeLessThan(1e-14);
    expect(gap(withCandidate(3, (U) => U))).toBeGreaterThan(0.005);
  });
});

describe("5.4, parameter counts for n = 128, d = 64", () => {
  it("are exactly 24,704, 98,816 and 74,112 for the chapter's cells", () => {
    expect(count(RNNCell.init(config).params)).toBe(24704);
    expect(count(LSTMCell.init(config).params)).toBe(98816);
    expect(count(GRUCell.init(config).params)).toBe(74112);
  });
  it("are 74,496 for the GRU of Keras and PyTorch (erratum 14), and n more a gate for PyTorch's others", () => {
    const gru = GRUCellResetAfter.init(config);
    expect(count(gru.params)).toBe(74496);
    expect(numbersIn(toPyTorchGRU(gru))).toBe(74496);
    expect(numbersIn(toPyTorch(LSTMCell.init(config)))).toBe(98816 + 4 * 128);
    expect(numbersIn(toPyTorch(RNNCell.init(config)))).toBe(24704 + 128);
  });
  it("follow g·(n² + nd + b·n) in the weights that Keras and PyTorch wrote", () => {
    for (const [file, g, b] of [
      ["keras-rnn", 1, 1],
      ["keras-gru", 3, 1],
      ["keras-gru-reset-after", 3, 2],
      ["keras-lstm", 4, 1],
      ["pytorch-rnn", 1, 2],
      ["pytorch-gru", 3, 2],
      ["pytorch-lstm", 4, 2],
    ] as const) {
      const { weights, xs, outputs } = golden<{ weights: unknown; xs: Rows[]; outputs: Rows[] }>(file);
      const [d, n] = [xs[0][0].length, outputs[0][0].length];
      expect(numbersIn(weights), file).toBe(g * (n * n + n * d + b * n));
    }
  });
  it("are 3n more with peepholes, and twice as many in both directions, which the table leaves out", () => {
    expect(count(PeepholeLSTMCell.init(config).params)).toBe(98816 + 3 * 128);
    const both = new Bidirectional(RNNCell.init(config), RNNCell.init(config));
    expect(count(both.params)).toBe(2 * 24704);
  });
  it("hold 2n numbers without effect in Keras' GRU: the second biases of z and r, not that of the candidate", () => {
    type G = { weights: [Rows, Rows, Rows]; xs: Rows[]; initial: { h: Rows } };
    const { weights, xs, initial } = golden<G>("keras-gru-reset-after");
    const [kernel, recurrentKernel, [first, second]] = weights;
    const n = recurrentKernel.length;
    const states = (gates: number[]) => {
      const moves = (p: number) => gates.includes(Math.floor(p / n));
      const bias = [
        first.map((v, p) => (moves(p) ? v + second[p] : v)),
        second.map((v, p) => (moves(p) ? 0 : v)),
      ];
      const cell = fromKerasGRUResetAfter({ kernel, recurrentKernel, bias });
      return Matrix.concatRows(unroll(cell, sequence(xs), { h: Matrix.from(initial.h) }).hs);
    };
    expect(states([0, 1]).maxAbsDifference(states([]))).toBeLessThan(1e-14);
    expect(states([2]).maxAbsDifference(states([]))).toBeGreaterThan(0.01);
  });
});

describe("PyTorch's two biases", () => {
  it("have the same gradient, so their sum learns at twice the rate", () => {
    const { dWeights } = golden<{ dWeights: Record<string, number[]> }>("pytorch-lstm");
    expect(Matrix.from([dWeights.bias_ih_l0]).equals(Matrix.from([dWeights.bias_hh_l0]), 1e-14)).toBe(true);
  });
});

describe("5.5, the bidirectional RNN", () => {
  const random = rng(55);
  const xs = Array.from({ length: 5 }, () => normal(random, 1, 2));
  const cell = () => RNNCell.init({ inputSize: 2, units: 3, random });
  it("with one set of weights, as the chapter writes it, can't tell the order of time", () => {
    const one = cell();
    const outputs = (steps: Matrix[], back: RNNCell) =>
      new Bidirectional(one, back).forward(steps).hs.map((h) => h.splitColumns(2));
    const mirrored = (back: RNNCell) => {
      const [there, reversed] = [outputs(xs, back), outputs([...xs].reverse(), back)];
      return there.every(
        ([left, right], t) => left.equals(reversed[4 - t][1]) && right.equals(reversed[4 - t][0]),
      );
    };
    expect(mirrored(one)).toBe(true);
    expect(mirrored(cell())).toBe(false);
  });
  it("needs the last input for the first output", () => {
    const layer = new Bidirectional(cell(), cell());
    const changed = [...xs.slice(0, 4), xs[4].scale(2)];
    expect(layer.forward(changed).hs[0].equals(layer.forward(xs).hs[0])).toBe(false);
  });
});
