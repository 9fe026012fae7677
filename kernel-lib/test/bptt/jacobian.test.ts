import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellStateJacobians, spanJacobians, stepJacobians } from "../../src/bptt/jacobian";
import { unroll } from "../../src/bptt/unroll";
import type { Cell, State } from "../../src/cells/cell";
import { GRUCell } from "../../src/cells/gru";
import { LSTMCell, type LSTMState } from "../../src/cells/lstm";
import { PeepholeLSTMCell } from "../../src/cells/peephole";
import { RNNCell } from "../../src/cells/rnn";
import { activations, dTanh } from "../../src/math/activations";
import { spectralNorm } from "../../src/math/linalg";
import { Matrix } from "../../src/math/matrix";
import { rng, uniform, uniformSequence } from "../../src/math/random";
import { disturb, randomState } from "../cells/contract";

const T = 4;
const input = (seed: number) => uniformSequence(rng(seed), { timesteps: T, batch: 1, features: 2 });

/** Column k by central differences: what `f` does when entry k of `at` moves. */
function numericJacobian(f: () => Matrix, at: Matrix): Matrix {
  const columns = Array.from(at.data, (value, k) => {
    at.data[k] = value + 1e-5;
    const up = f();
    at.data[k] = value - 1e-5;
    const down = f();
    at.data[k] = value;
    return up.sub(down).scale(0.5e5).T;
  });
  return Matrix.concatColumns(columns);
}

describe("stepJacobians and spanJacobians", () => {
  const cells: [
    string,
    (config: { inputSize: number; units: number; random: () => number }) => Cell<State, unknown>,
  ][] = [
    ["RNNCell", (config) => RNNCell.init(config)],
    ["GRUCell", (config) => GRUCell.init(config)],
    ["LSTMCell", (config) => LSTMCell.init(config)],
  ];
  for (const [name, make] of cells) {
    it(`of ${name} are the central differences of h_t with respect to h_(t−1), and of h_T with respect to h_t`, () => {
      const random = rng(1);
      const cell = make({ inputSize: 2, units: 3, random });
      disturb(cell, random);
      const xs = input(2);
      const initial = randomState(cell, 1, random);
      const steps = stepJacobians(cell, xs, initial);
      const spans = spanJacobians(cell, xs, initial);
      for (let t = 0; t < T; t++) {
        const entering = t === 0 ? initial : unroll(cell, xs.slice(0, t), initial).state;
        const step = numericJacobian(() => cell.forward(xs[t], entering).state.h, entering.h);
        expect(steps[t].equals(step, 1e-9)).toBe(true);
        const span = numericJacobian(() => unroll(cell, xs.slice(t), entering).state.h, entering.h);
        expect(spans[t].equals(span, 1e-9)).toBe(true);
      }
    });
  }
  it("of RNNCell are diag(1 − h²)·W, and their products span the sequence", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const cell = RNNCell.init({ inputSize: 2, units: 3, random: rng(seed) });
        const xs = input(seed);
        const { hs } = unroll(cell, xs);
        const steps = stepJacobians(cell, xs);
        const w = cell.params.recurrentKernel.T; // the chapter's W_hh
        steps.forEach((j, t) => {
          expect(j.equals(Matrix.diagonal(dTanh(hs[t]).data).matmul(w), 1e-14)).toBe(true);
        });
        const product = steps.reduce((past, j) => j.matmul(past));
        expect(spanJacobians(cell, xs)[0].equals(product, 1e-13)).toBe(true);
        expect(spectralNorm(product)).toBeLessThanOrEqual(spectralNorm(w) ** T * (1 + 1e-9));
      }),
      { numRuns: 30 },
    );
  });
  it("of a linear cell are powers of W", () => {
    const cell = RNNCell.init({ inputSize: 2, units: 3, random: rng(4), activation: activations.linear });
    const w = cell.params.recurrentKernel.T;
    expect(spanJacobians(cell, input(5))[T - 2].equals(w.matmul(w), 1e-14)).toBe(true);
  });
  it("name an input that is not a single sequence", () => {
    const cell = RNNCell.init({ inputSize: 2, units: 3, random: rng(1) });
    expect(() => stepJacobians(cell, [Matrix.zeros(4, 2)])).toThrow(
      new RangeError("stepJacobians: xs[0]: expected [batch=1, inputSize=2], got [4, 2]"),
    );
    expect(() => spanJacobians(cell, [Matrix.zeros(1, 2)], { h: Matrix.zeros(2, 3) })).toThrow(
      new RangeError("spanJacobians: state.h: expected [batch=1, cols=3], got [2, 3]"),
    );
  });
});

describe("cellStateJacobians", () => {
  for (const [name, kind] of [
    ["LSTMCell", LSTMCell],
    ["PeepholeLSTMCell", PeepholeLSTMCell],
  ] as const)
    it(`of ${name}: the full one is the central differences with o_t held`, () => {
      const random = rng(6);
      const cell = kind.init({ inputSize: 2, units: 3, random });
      disturb(cell, random);
      const xs = input(7);
      const initial = randomState(cell, 1, random) as LSTMState;
      const { full } = cellStateJacobians(cell, xs, initial);
      for (let t = 1; t < T; t++) {
        const past = unroll(cell, xs.slice(0, t), initial);
        const c = past.state.c.clone();
        const { o } = past.caches[t - 1];
        const later = () => unroll(cell, xs.slice(t), { h: o.mul(c.map(Math.tanh)), c }).state.c;
        expect(full[t - 1].equals(numericJacobian(later, c), 1e-9)).toBe(true);
      }
    });
  it("the direct path is the product of the forget gates", () => {
    const cell = LSTMCell.init({ inputSize: 2, units: 3, random: rng(8) });
    const xs = input(9);
    const { caches } = unroll(cell, xs);
    const { direct } = cellStateJacobians(cell, xs);
    expect(direct).toHaveLength(T - 1);
    expect(direct[T - 2]).toEqual(Matrix.diagonal(caches[T - 1].f.data));
    expect(direct[0].equals(Matrix.diagonal(caches[3].f.mul(caches[2].f).mul(caches[1].f).data), 1e-15)).toBe(
      true,
    );
  });
  it("the two agree exactly where the gates do not see h", () => {
    const random = rng(10);
    const { params } = LSTMCell.init({ inputSize: 2, units: 3, random });
    const deaf = new LSTMCell({ ...params, recurrentKernel: Matrix.zeros(3, 12) });
    const { full, direct } = cellStateJacobians(deaf, input(11));
    full.forEach((m, t) => {
      expect(m.equals(direct[t], 1e-15)).toBe(true);
    });
    const hearing = new LSTMCell({ ...params, recurrentKernel: uniform(random, 3, 12) });
    const seen = cellStateJacobians(hearing, input(11));
    expect(seen.full[0].equals(seen.direct[0], 1e-3)).toBe(false);
  });
  it("needs two steps", () => {
    const cell = LSTMCell.init({ inputSize: 2, units: 3, random: rng(1) });
    expect(() => cellStateJacobians(cell, input(1).slice(0, 1))).toThrow(
      new RangeError("cellStateJacobians: xs: expected at least two steps, got 1"),
    );
  });
});
