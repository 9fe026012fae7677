import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bptt } from "../../src/bptt/bptt";
import { unroll } from "../../src/bptt/unroll";
import { GRUCell } from "../../src/cells/gru";
import { LSTMCell } from "../../src/cells/lstm";
import { RNNCell } from "../../src/cells/rnn";
import { Stacked } from "../../src/cells/stacked";
import { Matrix } from "../../src/math/matrix";
import { rng, uniformSequence } from "../../src/math/random";
import { describeCell } from "./contract";

describeCell("Stacked LSTM and LSTM", ({ inputSize, units, random }) => {
  const layer = (size: number) => LSTMCell.init({ inputSize: size, units, random });
  return new Stacked([layer(inputSize), layer(units)]);
});
describeCell("Stacked GRU, LSTM and RNN of different widths", ({ inputSize, units, random }) => {
  return new Stacked([
    GRUCell.init({ inputSize, units: 3, random }),
    LSTMCell.init({ inputSize: 3, units: 2, random }),
    RNNCell.init({ inputSize: 2, units, random }),
  ]);
});
describeCell("Stacked of a stack", ({ inputSize, units, random }) => {
  const pair = new Stacked([
    LSTMCell.init({ inputSize, units: 3, random }),
    GRUCell.init({ inputSize: 3, units: 2, random }),
  ]);
  return new Stacked([pair, LSTMCell.init({ inputSize: 2, units, random })]);
});

describe("Stacked", () => {
  it("of one cell is that cell: outputs, state and gradients", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = rng(seed);
        const cell = LSTMCell.init({ inputSize: 2, units: 3, random });
        const stack = new Stacked([cell]);
        const xs = uniformSequence(random, { timesteps: 4, batch: 2, features: 2 });
        const alone = unroll(cell, xs);
        const stacked = unroll(stack, xs);
        expect(stacked.hs).toEqual(alone.hs);
        expect(stacked.state).toEqual(alone.state);
        const [a, b] = [bptt(cell, alone.caches, alone.hs), bptt(stack, stacked.caches, stacked.hs)];
        expect(b.dxs).toEqual(a.dxs);
        expect(b.dStates).toEqual(a.dStates);
        expect(Object.values(b.grads)).toEqual(Object.values(a.grads));
      }),
      { numRuns: 20 },
    );
  });
  it("is each layer run over the outputs of the one below", () => {
    const random = rng(4);
    const below = LSTMCell.init({ inputSize: 2, units: 3, random });
    const above = GRUCell.init({ inputSize: 3, units: 4, random });
    const xs = uniformSequence(random, { timesteps: 5, batch: 2, features: 2 });
    const stacked = unroll(new Stacked([below, above]), xs);
    const lower = unroll(below, xs);
    const upper = unroll(above, lower.hs);
    expect(stacked.hs).toEqual(upper.hs);
    expect(stacked.state).toEqual({ "layer0.h": lower.state.h, "layer0.c": lower.state.c, h: upper.state.h });
  });
  it("shares its parameters with its layers", () => {
    const cell = RNNCell.init({ inputSize: 2, units: 2, random: rng(1) });
    expect(new Stacked([cell]).params["layer0.kernel"]).toBe(cell.params.kernel);
  });
  it("names a layer that does not fit the one below", () => {
    const cell = (inputSize: number, units: number) => RNNCell.init({ inputSize, units, random: rng(1) });
    expect(() => new Stacked([cell(2, 3), cell(4, 5)])).toThrow(
      new RangeError("Stacked: layers[1]: expected inputSize=3, the units below, got 4"),
    );
    expect(() => new Stacked([])).toThrow(new RangeError("Stacked: layers: expected at least one, got none"));
  });
  it("names the layer's function for a wrong input", () => {
    const stack = new Stacked([LSTMCell.init({ inputSize: 2, units: 4, random: rng(1) })]);
    expect(() => stack.forward(Matrix.zeros(3, 5), stack.zeroState(3))).toThrow(
      new RangeError("LSTMCell.forward: x: expected [batch=3, inputSize=2], got [3, 5]"),
    );
  });
});
