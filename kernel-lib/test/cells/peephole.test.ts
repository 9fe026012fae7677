import { describe, expect, it } from "vitest";
import { unroll } from "../../src/bptt/unroll";
import { LSTMCell } from "../../src/cells/lstm";
import { PeepholeLSTMCell } from "../../src/cells/peephole";
import { logistic } from "../../src/math/activations";
import { Matrix } from "../../src/math/matrix";
import { rng, uniformSequence } from "../../src/math/random";
import { describeCell, describeShapeErrors } from "./contract";

describeCell("PeepholeLSTMCell", (config) => PeepholeLSTMCell.init(config));
describeShapeErrors("PeepholeLSTMCell", (config) => PeepholeLSTMCell.init(config));

describe("PeepholeLSTMCell", () => {
  it("shows the old cell state to i and f and the new one to o, by hand", () => {
    const cell = new PeepholeLSTMCell({
      kernel: Matrix.from([[1, 2, 3, 4]]),
      recurrentKernel: Matrix.from([[0.1, 0.2, 0.3, 0.4]]),
      bias: Matrix.from([[0, 1, 0, 0]]),
      peepholeI: Matrix.from([[0.5]]),
      peepholeF: Matrix.from([[-0.6]]),
      peepholeO: Matrix.from([[0.7]]),
    });
    const { state } = cell.forward(Matrix.from([[0.1]]), { h: Matrix.from([[0.5]]), c: Matrix.from([[2]]) });
    const [i, f, g] = [logistic(0.15 + 0.5 * 2), logistic(1.3 - 0.6 * 2), Math.tanh(0.45)];
    const c = f * 2 + i * g;
    expect(state.c.data[0]).toBeCloseTo(c, 14);
    expect(state.h.data[0]).toBeCloseTo(logistic(0.6 + 0.7 * c) * Math.tanh(c), 14);
  });
  it("is LSTMCell where the peepholes are zero", () => {
    const random = rng(2);
    const { params } = LSTMCell.init({ inputSize: 2, units: 3, random });
    const zero = Matrix.zeros(1, 3);
    const peephole = new PeepholeLSTMCell({ ...params, peepholeI: zero, peepholeF: zero, peepholeO: zero });
    const xs = uniformSequence(random, { timesteps: 6, batch: 2, features: 2 });
    expect(unroll(peephole, xs).hs).toEqual(unroll(new LSTMCell(params), xs).hs);
  });
  it("names a peephole of the wrong shape", () => {
    const { params } = PeepholeLSTMCell.init({ inputSize: 2, units: 3, random: rng(1) });
    expect(() => new PeepholeLSTMCell({ ...params, peepholeF: Matrix.zeros(3, 3) })).toThrow(
      "PeepholeLSTMCell: peepholeF: expected [rows=1, units=3], got [3, 3]",
    );
  });
});
