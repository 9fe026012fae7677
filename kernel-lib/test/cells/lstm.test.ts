import { describe, expect, it } from "vitest";
import { unroll } from "../../src/bptt/unroll";
import { xavierNormal } from "../../src/cells/init";
import { LSTMCell } from "../../src/cells/lstm";
import { logistic } from "../../src/math/activations";
import { Matrix } from "../../src/math/matrix";
import { rng } from "../../src/math/random";
import { describeCell, describeShapeErrors } from "./contract";

describeCell("LSTMCell", (config) => LSTMCell.init(config));
describeShapeErrors("LSTMCell", (config) => LSTMCell.init(config));

describe("LSTMCell", () => {
  it("packs its gates i f g o, by hand", () => {
    const cell = new LSTMCell({
      kernel: Matrix.from([[1, 2, 3, 4]]),
      recurrentKernel: Matrix.from([[0.1, 0.2, 0.3, 0.4]]),
      bias: Matrix.from([[0, 1, 0, 0]]),
    });
    const { state, cache } = cell.forward(Matrix.from([[0.1]]), {
      h: Matrix.from([[0.5]]),
      c: Matrix.from([[2]]),
    });
    const [i, f, g, o] = [logistic(0.15), logistic(1.3), Math.tanh(0.45), logistic(0.6)];
    expect([cache.i, cache.f, cache.g, cache.o].map((gate) => gate.data[0])).toEqual(
      [i, f, g, o].map((gate) => expect.closeTo(gate, 14)),
    );
    expect(state.c.data[0]).toBeCloseTo(f * 2 + i * g, 14);
    expect(state.h.data[0]).toBeCloseTo(o * Math.tanh(f * 2 + i * g), 14);
  });
  it("remembers its cell state with open forget and closed input gates", () => {
    const bias = Matrix.from([[-50, 50, 0, 0]]);
    const cell = new LSTMCell({ kernel: Matrix.ones(1, 4), recurrentKernel: Matrix.zeros(1, 4), bias });
    const xs = Array.from({ length: 100 }, () => Matrix.ones(1, 1));
    const { state } = unroll(cell, xs, { h: Matrix.zeros(1, 1), c: Matrix.full(1, 1, 0.7) });
    expect(state.c.data[0]).toBeCloseTo(0.7, 12);
  });
  it("starts with a forget bias of 1 and the chapter's number of parameters", () => {
    const { params } = LSTMCell.init({ inputSize: 64, units: 128, random: rng(1) });
    expect(Object.values(params).reduce((n, m) => n + m.data.length, 0)).toBe(98_816);
    const [i, f, g, o] = params.bias.splitColumns(4);
    expect(f.equals(Matrix.ones(1, 128))).toBe(true);
    expect(i.norm + g.norm + o.norm).toBe(0);
  });
  it("takes other initializers", () => {
    const { params } = LSTMCell.init({
      inputSize: 30,
      units: 70,
      random: rng(1),
      kernelInitializer: xavierNormal(100),
      recurrentInitializer: xavierNormal(100),
    });
    const variance = ({ norm, data }: Matrix) => norm ** 2 / data.length;
    expect(variance(params.kernel)).toBeCloseTo(0.02, 2.5);
    expect(variance(params.recurrentKernel)).toBeCloseTo(0.02, 2.5);
  });
});
