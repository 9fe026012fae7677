import { describe, expect, it } from "vitest";
import {
  cellStateJacobians,
  eigenvalues,
  fromChapterGRU,
  fromChapterLSTM,
  fromChapterRNN,
  GRUCell,
  LSTMCell,
  logistic,
  Matrix,
  normal,
  orthogonal,
  RNNCell,
  rng,
  spanJacobians,
  spectralNorm,
  spectralRadius,
  stepJacobians,
  unroll,
} from "../../src";
import { assertClose } from "../../src/math/assert-close";

// What the chapter's section 6 says wrong, and what is true.
const sizes = (cell: RNNCell, xs: Matrix[], h: Matrix): number[] =>
  spanJacobians(cell, xs, { h }).map(spectralNorm);
const silence = Array.from({ length: 40 }, () => Matrix.zeros(1, 1));

describe("6.1, backpropagation through time", () => {
  it("multiplies the Jacobians with the last step on the left; in the printed order the product is another", () => {
    const random = rng(1);
    const cell = RNNCell.init({ inputSize: 2, units: 3, random });
    const xs = Array.from({ length: 4 }, () => normal(random, 1, 2));
    const steps = stepJacobians(cell, xs);
    const product = (list: Matrix[]) => list.reduce((all, m) => all.matmul(m));
    const whole = spanJacobians(cell, xs)[0];
    assertClose("last on the left", product([...steps].reverse()), whole, 1e-14);
    expect(product(steps).sub(whole).norm).toBeGreaterThan(0.1 * whole.norm);
  });
});

describe("6.2, the vanishing gradient", () => {
  const two = fromChapterRNN({ W_xh: [[1]], W_hh: [[2]], b_h: [0] });

  it("vanishes for W = 2 from the start 0.1: norm and radius above 1 do not suffice to explode (erratum 5)", () => {
    expect(sizes(two, silence, Matrix.from([[0.1]]))[0]).toBeLessThan(1e-20);
  });
  it("explodes for the same W from the start 0, where the bound is reached", () => {
    expect(sizes(two, silence, Matrix.from([[0]]))[0] / 1099511627776).toBeCloseTo(1, 12);
  });
  it("stays 1 for an orthogonal W in the state 0: without a condition the theorem is false", () => {
    const params = {
      kernel: Matrix.zeros(1, 4),
      recurrentKernel: orthogonal(rng(2), 4, 4),
      bias: Matrix.zeros(1, 4),
    };
    const measured = sizes(new RNNCell(params), silence, Matrix.zeros(1, 4));
    assertClose(
      "norms",
      measured,
      measured.map(() => 1),
      1e-12,
    );
  });

  const nilpotent = Matrix.from([
    [2, -4],
    [1, -2],
  ]);
  it("explodes by 1.8 a step though all eigenvalues of W are 0 (erratum 6)", () => {
    expect(nilpotent.matmul(nilpotent).norm).toBe(0);
    const slopes = Matrix.diagonal([1, 0.1]).matmul(nilpotent);
    assertClose(
      "eigenvalues",
      eigenvalues(slopes).map(({ re }) => re),
      [1.8, 0],
      1e-12,
    );
    const h = Matrix.from([[0], [Math.sqrt(0.9)]]);
    const x = Matrix.from([[0], [Math.atanh(h.at(1, 0))]]).sub(nilpotent.matmul(h)).T;
    const cell = fromChapterRNN({
      W_xh: [
        [1, 0],
        [0, 1],
      ],
      W_hh: nilpotent.toArray(),
      b_h: [0, 0],
    });
    const measured = sizes(
      cell,
      silence.map(() => x),
      h.T,
    );
    expect(measured[0]).toBeGreaterThan(1e10);
    expect(measured[0] / measured[1]).toBeCloseTo(1.8, 9);
  });
  it("is not one of the matrices for which exercise 4 can be repaired: norm 5, ρ(|W|) = 4", () => {
    expect(spectralNorm(nilpotent)).toBeCloseTo(5, 12);
    expect(spectralRadius(nilpotent.map(Math.abs))).toBeCloseTo(4, 12);
  });
});

describe("6.3, the LSTM", () => {
  const inputs = (steps: number) => {
    const random = rng(301);
    return Array.from({ length: steps }, () => normal(random, 1, 4));
  };
  const fresh = LSTMCell.init({ inputSize: 4, units: 16, random: rng(1) });

  it("has more than f in ∂C_t/∂C_{t−1}, and far more over 100 steps (erratum 7)", () => {
    const { direct, full } = cellStateJacobians(fresh, inputs(101));
    const last = direct.length - 1;
    const forget = unroll(fresh, inputs(101)).caches[100].f;
    assertClose("the chapter's part", direct[last], Matrix.diagonal(forget.data), 1e-15);
    expect(full[last].sub(direct[last]).norm).toBeGreaterThan(0.1 * direct[last].norm);
    expect(spectralNorm(full[0])).toBeGreaterThan(1e3 * spectralNorm(direct[0]));
  });
  it("vanishes too before training, with the usual forget bias of 1", () => {
    expect(spectralNorm(cellStateJacobians(fresh, inputs(101)).full[0])).toBeLessThan(1e-4);
  });
  it("can explode, with all forget gates below 1", () => {
    const { kernel, recurrentKernel, bias } = fresh.params;
    const large = new LSTMCell({
      kernel,
      recurrentKernel: recurrentKernel.scale(8),
      bias: bias.map((v) => 3 * v),
    });
    const { direct, full } = cellStateJacobians(large, inputs(101));
    expect(spectralNorm(direct[0])).toBeLessThan(1);
    expect(spectralNorm(full[0])).toBeGreaterThan(10);
  });
  it("starts with a forget gate of 0.73 for the bias 1, which is not near 1 (interview question 6)", () => {
    expect(logistic(1)).toBeCloseTo(0.7311, 4);
  });
});

describe("6.4, from the LSTM to the GRU", () => {
  it("needs a step that the list leaves out: 4 blocks of weights − 1 + 1 is not the GRU's 3", () => {
    const count = (params: Record<string, Matrix>) =>
      Object.values(params).reduce((n, { data }) => n + data.length, 0);
    const config = { inputSize: 64, units: 128, random: rng(1) };
    const block = 128 * 128 + 128 * 64 + 128;
    expect(count(LSTMCell.init(config).params) / block).toBe(4);
    expect(count(GRUCell.init(config).params) / block).toBe(3);
  });
  it("ends at a GRU with an open reset gate, up to the tanh of the cell state", () => {
    const W = [[0.6, -0.9]];
    const closed = [[0, 0]];
    const gru = fromChapterGRU({ W_z: W, b_z: [0.2], W_h: W, b_h: [0.1], W_r: closed, b_r: [40] });
    const negated = [[-0.6, 0.9]];
    const lstm = fromChapterLSTM({
      W_i: W,
      b_i: [0.2],
      W_f: negated,
      b_f: [-0.2],
      W_C: W,
      b_C: [0.1],
      W_o: closed,
      b_o: [40],
    });
    const x = Matrix.from([[-1.5]]);
    const { h } = unroll(gru, [x]).state;
    const { c } = unroll(lstm, [x]).state;
    assertClose("C is the GRU's h", c, h, 1e-15);
    expect(Math.abs(unroll(lstm, [x]).state.h.at(0, 0) - h.at(0, 0))).toBeGreaterThan(0.01);
  });
  it("can count with an LSTM, and not with a GRU, whose state stays within [−1, 1]", () => {
    const gate = [[0, 0]];
    const open = { W_f: gate, b_f: [40], W_i: gate, b_i: [40], W_o: gate, b_o: [40] };
    const counter = fromChapterLSTM({ ...open, W_C: [[0, 40]], b_C: [0] });
    const votes = Array.from({ length: 60 }, (_, t) => Matrix.from([[t < 40 ? 1 : -1]]));
    expect(unroll(counter, votes).state.c.at(0, 0)).toBeCloseTo(20, 12);
    const wild = GRUCell.init({ inputSize: 1, units: 4, random: rng(5) });
    for (const m of Object.values(wild.params)) for (let i = 0; i < m.data.length; i++) m.data[i] *= 20;
    for (const h of unroll(wild, votes).hs) expect(Math.max(...h.data.map(Math.abs))).toBeLessThanOrEqual(1);
  });
});
