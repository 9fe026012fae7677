import { describe, expect, it } from "vitest";
import { GRUCell } from "../../src/cells/gru";
import { logistic } from "../../src/math/activations";
import { Matrix } from "../../src/math/matrix";
import { rng } from "../../src/math/random";
import { describeCell, describeShapeErrors } from "./contract";

describeCell("GRUCell", (config) => GRUCell.init(config));
describeShapeErrors("GRUCell", (config) => GRUCell.init(config));

describe("GRUCell", () => {
  it("resets the past before the recurrent product, by hand", () => {
    const cell = new GRUCell({
      kernel: Matrix.from([[1, 2, 3]]),
      recurrentKernel: Matrix.from([[0.1, 0.2, 0.3]]),
      bias: Matrix.from([[0.01, 0.02, 0.03]]),
    });
    const { state, cache } = cell.forward(Matrix.from([[0.1]]), { h: Matrix.from([[0.5]]) });
    const z = logistic(0.1 + 0.05 + 0.01);
    const r = logistic(0.2 + 0.1 + 0.02);
    const hTilde = Math.tanh(0.3 + r * 0.5 * 0.3 + 0.03);
    expect([cache.z, cache.r, cache.hTilde].map((m) => m.data[0])).toEqual(
      [z, r, hTilde].map((v) => expect.closeTo(v, 14)),
    );
    expect(state.h.data[0]).toBeCloseTo(z * 0.5 + (1 - z) * hTilde, 14);
  });
  it("has the chapter's number of parameters", () => {
    const { params } = GRUCell.init({ inputSize: 64, units: 128, random: rng(1) });
    expect(Object.values(params).reduce((n, m) => n + m.data.length, 0)).toBe(74_112);
  });
});
