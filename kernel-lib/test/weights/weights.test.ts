import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unroll } from "../../src/bptt/unroll";
import { GRUCellResetAfter } from "../../src/cells/gru-reset-after";
import { LSTMCell } from "../../src/cells/lstm";
import { logistic, softmax } from "../../src/math/activations";
import { Matrix } from "../../src/math/matrix";
import { normal, rng, uniformSequence } from "../../src/math/random";
import {
  fromChapterGRU,
  fromChapterLSTM,
  fromChapterOutput,
  fromChapterRNN,
  toChapterGRU,
  toChapterLSTM,
  toChapterOutput,
  toChapterRNN,
} from "../../src/weights/chapter";
import {
  fromKerasDense,
  fromKerasGRU,
  fromKerasGRUResetAfter,
  fromKerasLSTM,
  fromKerasRNN,
  toKeras,
  toKerasDense,
  toKerasGRUResetAfter,
} from "../../src/weights/keras";
import {
  fromPyTorchGRU,
  fromPyTorchLinear,
  fromPyTorchLSTM,
  fromPyTorchRNN,
  toPyTorch,
  toPyTorchGRU,
  toPyTorchLinear,
} from "../../src/weights/pytorch";

const D = 2; // inputs
const N = 3; // units
/** Random rows and lists from one seed. */
const drawing = (seed: number) => {
  const random = rng(seed);
  return {
    rows: (rows: number, cols: number) => normal(random, rows, cols).toArray(),
    list: (length: number) => Array.from(normal(random, 1, length).data),
    xs: () => uniformSequence(random, { timesteps: 5, batch: 1, features: D }),
  };
};
const always = (check: (draw: ReturnType<typeof drawing>) => void) =>
  fc.assert(
    fc.property(fc.integer(), (seed) => check(drawing(seed))),
    { numRuns: 20 },
  );

describe("Weights come back unchanged", () => {
  it("from Keras' packing", () => {
    always(({ rows, list }) => {
      const packed = (gates: number) => ({
        kernel: rows(D, gates * N),
        recurrentKernel: rows(N, gates * N),
        bias: list(gates * N),
      });
      const [rnn, lstm, gru] = [packed(1), packed(4), packed(3)];
      expect(toKeras(fromKerasRNN(rnn))).toEqual(rnn);
      expect(toKeras(fromKerasLSTM(lstm))).toEqual(lstm);
      expect(toKeras(fromKerasGRU(gru))).toEqual(gru);
      const resetAfter = { ...gru, bias: rows(2, 3 * N) };
      expect(toKerasGRUResetAfter(fromKerasGRUResetAfter(resetAfter))).toEqual(resetAfter);
      const dense = { kernel: rows(N, 4), bias: list(4) };
      expect(toKerasDense(fromKerasDense(dense))).toEqual(dense);
    });
  });
  it("from PyTorch's packing, with two biases summed where a cell has one", () => {
    always(({ rows, list }) => {
      const dict = (gates: number, suffix: string) => ({
        [`weight_ih_${suffix}`]: rows(gates * N, D),
        [`weight_hh_${suffix}`]: rows(gates * N, N),
        [`bias_ih_${suffix}`]: list(gates * N),
        [`bias_hh_${suffix}`]: list(gates * N),
      });
      const gru = dict(3, "l1_reverse");
      expect(toPyTorchGRU(fromPyTorchGRU(gru, "l1_reverse"), "l1_reverse")).toEqual(gru);
      for (const [weights, there] of [
        [dict(1, "l0"), fromPyTorchRNN],
        [dict(4, "l0"), fromPyTorchLSTM],
      ] as const) {
        const sum = (weights.bias_ih_l0 as number[]).map((b, j) => b + (weights.bias_hh_l0 as number[])[j]);
        const zero = sum.map(() => 0);
        expect(toPyTorch(there(weights))).toEqual({ ...weights, bias_ih_l0: sum, bias_hh_l0: zero });
      }
      const linear = { weight: rows(4, N), bias: list(4) };
      expect(toPyTorchLinear(fromPyTorchLinear(linear))).toEqual(linear);
    });
  });
  it("from the chapter's notation", () => {
    always(({ rows, list }) => {
      const W = () => rows(N, N + D);
      const b = () => list(N);
      const rnn = { W_xh: rows(N, D), W_hh: rows(N, N), b_h: b() };
      expect(toChapterRNN(fromChapterRNN(rnn))).toEqual(rnn);
      const lstm = { W_f: W(), W_i: W(), W_C: W(), W_o: W(), b_f: b(), b_i: b(), b_C: b(), b_o: b() };
      expect(toChapterLSTM(fromChapterLSTM(lstm))).toEqual(lstm);
      const gru = { W_z: W(), W_r: W(), W_h: W(), b_z: b(), b_r: b(), b_h: b() };
      expect(toChapterGRU(fromChapterGRU(gru))).toEqual(gru);
      const output = { W: rows(4, N), b: list(4) };
      expect(toChapterOutput(fromChapterOutput(output))).toEqual(output);
    });
  });
  it("from Keras to PyTorch and back", () => {
    always(({ rows, list }) => {
      const lstm = { kernel: rows(D, 4 * N), recurrentKernel: rows(N, 4 * N), bias: list(4 * N) };
      expect(toKeras(fromPyTorchLSTM(toPyTorch(fromKerasLSTM(lstm))))).toEqual(lstm);
      const gru = { kernel: rows(D, 3 * N), recurrentKernel: rows(N, 3 * N), bias: rows(2, 3 * N) };
      const there = fromKerasGRUResetAfter(gru);
      expect(toKerasGRUResetAfter(fromPyTorchGRU(toPyTorchGRU(there)))).toEqual(gru);
    });
  });
});

describe("The chapter's equations, one unit after the other", () => {
  /** σ or tanh of row j of W·[h, x] + b. */
  const gate = (f: (v: number) => number, W: number[][], b: number[], v: number[]): number[] =>
    W.map((row, j) => f(row.reduce((sum, w, k) => sum + w * v[k], b[j])));

  it("5.1: VanillaRNN", () => {
    always(({ rows, list, xs }) => {
      const w = { W_xh: rows(N, D), W_hh: rows(N, N), b_h: list(N) };
      const steps = xs();
      let h = [0, 0, 0];
      for (const x of steps) {
        const joined = w.W_hh.map((row, j) => [...row, ...w.W_xh[j]]);
        h = gate(Math.tanh, joined, w.b_h, [...h, ...x.data]);
      }
      expect(unroll(fromChapterRNN(w), steps).state.h.equals(Matrix.from([h]), 1e-13)).toBe(true);
    });
  });
  it("5.2: LSTM, h before x in the concatenation", () => {
    always(({ rows, list, xs }) => {
      const W = () => rows(N, N + D);
      const b = () => list(N);
      const w = { W_f: W(), W_i: W(), W_C: W(), W_o: W(), b_f: b(), b_i: b(), b_C: b(), b_o: b() };
      const steps = xs();
      let [h, c] = [
        [0, 0, 0],
        [0, 0, 0],
      ];
      for (const x of steps) {
        const v = [...h, ...x.data];
        const [f, i, o] = [
          gate(logistic, w.W_f, w.b_f, v),
          gate(logistic, w.W_i, w.b_i, v),
          gate(logistic, w.W_o, w.b_o, v),
        ];
        const cTilde = gate(Math.tanh, w.W_C, w.b_C, v);
        c = c.map((past, j) => f[j] * past + i[j] * cTilde[j]);
        h = c.map((cell, j) => o[j] * Math.tanh(cell));
      }
      const { state } = unroll(fromChapterLSTM(w), steps);
      expect(state.h.equals(Matrix.from([h]), 1e-13)).toBe(true);
      expect(state.c.equals(Matrix.from([c]), 1e-13)).toBe(true);
    });
  });
  it("5.3: GRU, whose z opens for the new value: the same outputs with z's weights negated", () => {
    always(({ rows, list, xs }) => {
      const W = () => rows(N, N + D);
      const b = () => list(N);
      const w = { W_z: W(), W_r: W(), W_h: W(), b_z: b(), b_r: b(), b_h: b() };
      const steps = xs();
      let h = [0, 0, 0];
      for (const x of steps) {
        const v = [...h, ...x.data];
        const [z, r] = [gate(logistic, w.W_z, w.b_z, v), gate(logistic, w.W_r, w.b_r, v)];
        const hTilde = gate(Math.tanh, w.W_h, w.b_h, [...h.map((past, j) => r[j] * past), ...x.data]);
        h = h.map((past, j) => (1 - z[j]) * past + z[j] * hTilde[j]);
      }
      const { state, caches } = unroll(fromChapterGRU(w), steps);
      expect(state.h.equals(Matrix.from([h]), 1e-13)).toBe(true);
      expect(caches[0].z.at(0, 0)).toBeCloseTo(
        1 - gate(logistic, w.W_z, w.b_z, [0, 0, 0, ...steps[0].data])[0],
        14,
      );
    });
  });
  it("the output layer", () => {
    const { rows, list } = drawing(1);
    const w = { W: rows(4, N), b: list(4) };
    const h = list(N);
    const y = gate((v) => v, w.W, w.b, h);
    const { y: logits } = fromChapterOutput(w).forward(Matrix.from([h]));
    expect(softmax(logits).equals(softmax(Matrix.from([y])), 1e-14)).toBe(true);
  });
});

describe("Weights of the wrong form are named", () => {
  it("a missing PyTorch tensor", () => {
    expect(() => fromPyTorchLSTM({ weight_ih_l0: [[1]] }, "l1")).toThrow(
      new RangeError("fromPyTorchLSTM: weights: expected weight_ih_l1, got weight_ih_l0"),
    );
  });
  it("a GRU with one bias where Keras' reset_after has two", () => {
    const { kernel, recurrentKernel, bias } = toKerasGRUResetAfter(
      GRUCellResetAfter.init({ inputSize: D, units: N, random: rng(1) }),
    );
    expect(() => fromKerasGRUResetAfter({ kernel, recurrentKernel, bias: bias.slice(1) })).toThrow(
      new RangeError("fromKerasGRUResetAfter: bias: expected two rows, got 1"),
    );
  });
  it("a kernel of the wrong width, by the cell", () => {
    const weights = toKeras(LSTMCell.init({ inputSize: D, units: N, random: rng(1) }));
    expect(() => fromKerasLSTM({ ...weights, bias: weights.bias.slice(1) })).toThrow(
      new RangeError("LSTMCell: bias: expected [rows=1, 4·units=12], got [1, 11]"),
    );
  });
});
