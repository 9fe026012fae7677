import { describe, expect, it } from "vitest";
import { unroll } from "../../src/bptt/unroll";
import { GRUCell } from "../../src/cells/gru";
import { GRUCellResetAfter } from "../../src/cells/gru-reset-after";
import { logistic } from "../../src/math/activations";
import { Matrix } from "../../src/math/matrix";
import { rng, uniformSequence } from "../../src/math/random";
import { describeCell, describeShapeErrors } from "./contract";

describeCell("GRUCellResetAfter", (config) => GRUCellResetAfter.init(config));
describeShapeErrors("GRUCellResetAfter", (config) => GRUCellResetAfter.init(config));

describe("GRUCellResetAfter", () => {
  it("resets the past after the recurrent product and its bias, by hand", () => {
    const cell = new GRUCellResetAfter({
      kernel: Matrix.from([[1, 2, 3]]),
      recurrentKernel: Matrix.from([[0.1, 0.2, 0.3]]),
      bias: Matrix.from([[0.01, 0.02, 0.03]]),
      recurrentBias: Matrix.from([[0.4, 0.5, 0.6]]),
    });
    const { state } = cell.forward(Matrix.from([[0.1]]), { h: Matrix.from([[0.5]]) });
    const z = logistic(0.1 + 0.05 + 0.01 + 0.4);
    const r = logistic(0.2 + 0.1 + 0.02 + 0.5);
    const hTilde = Math.tanh(0.3 + 0.03 + r * (0.15 + 0.6));
    expect(state.h.data[0]).toBeCloseTo(z * 0.5 + (1 - z) * hTilde, 14);
  });
  it("has 3·units more biases than the chapter's GRU", () => {
    const { params } = GRUCellResetAfter.init({ inputSize: 64, units: 128, random: rng(1) });
    expect(Object.values(params).reduce((n, m) => n + m.data.length, 0)).toBe(74_496);
  });
  it("is GRUCell where the recurrent kernel of the candidate is diagonal and its bias zero", () => {
    const random = rng(3);
    const { kernel, recurrentKernel, bias } = GRUCell.init({ inputSize: 2, units: 3, random }).params;
    const diagonal = Matrix.concatColumns([
      recurrentKernel.sliceColumns(0, 6),
      Matrix.diagonal([0.3, -0.7, 0.5]),
    ]);
    const before = new GRUCell({ kernel, recurrentKernel: diagonal, bias });
    const after = new GRUCellResetAfter({
      kernel,
      recurrentKernel: diagonal,
      bias,
      recurrentBias: Matrix.zeros(1, 9),
    });
    const xs = uniformSequence(random, { timesteps: 6, batch: 2, features: 2 });
    const [a, b] = [before, after].map((cell) => unroll(cell as GRUCell, xs).hs);
    for (const [t, h] of a.entries()) expect(h.equals(b[t], 1e-15)).toBe(true);
  });
  it("names a recurrent bias of the wrong shape", () => {
    const { params } = GRUCellResetAfter.init({ inputSize: 2, units: 3, random: rng(1) });
    expect(() => new GRUCellResetAfter({ ...params, recurrentBias: Matrix.zeros(1, 3) })).toThrow(
      "GRUCellResetAfter: recurrentBias: expected [rows=1, 3·units=9], got [1, 3]",
    );
  });
});
