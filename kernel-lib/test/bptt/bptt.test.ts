import { describe, expect, it } from "vitest";
import { bptt } from "../../src/bptt/bptt";
import { unroll } from "../../src/bptt/unroll";
import { LSTMCell } from "../../src/cells/lstm";
import { Matrix } from "../../src/math/matrix";
import { rng, uniformSequence } from "../../src/math/random";

const random = rng(1);
const cell = LSTMCell.init({ inputSize: 2, units: 3, random });
const xs = uniformSequence(random, { timesteps: 5, batch: 2, features: 2 });

describe("unroll", () => {
  it("starts from zeros unless a state is given, and ends in the last step's state", () => {
    const { hs, caches, state } = unroll(cell, xs);
    expect(hs).toHaveLength(5);
    expect(caches).toHaveLength(5);
    expect(state.h).toBe(hs[4]);
    expect(unroll(cell, xs, cell.zeroState(2)).hs).toEqual(hs);
  });
  it("names an empty sequence and a step of the wrong shape", () => {
    expect(() => unroll(cell, [])).toThrow(
      new RangeError("unroll: xs: expected at least one step, got none"),
    );
    expect(() => unroll(cell, [xs[0], Matrix.zeros(2, 7)])).toThrow(
      new RangeError("LSTMCell.forward: x: expected [batch=2, inputSize=2], got [2, 7]"),
    );
  });
});

describe("bptt", () => {
  const { caches, hs } = unroll(cell, xs);
  it("takes a step without a gradient as a step with a zero gradient", () => {
    const last = [undefined, undefined, undefined, undefined, hs[4]];
    const zeros = [...hs.slice(0, 4).map((h) => h.scale(0)), hs[4]];
    expect(bptt(cell, caches, last)).toEqual(bptt(cell, caches, zeros));
    const sparse: (Matrix | undefined)[] = new Array(5);
    sparse[4] = hs[4];
    expect(bptt(cell, caches, sparse)).toEqual(bptt(cell, caches, zeros));
  });
  it("takes the gradient of the final h as that of the last output", () => {
    const none: undefined[] = new Array(5).fill(undefined);
    const fromState = bptt(cell, caches, none, { ...cell.zeroState(2), h: hs[4] });
    expect(fromState.grads).toEqual(bptt(cell, caches, [...none.slice(1), hs[4]]).grads);
  });
  it("is linear in the outputs' gradients", () => {
    const [a, b] = [1, 2].map((seed) => uniformSequence(rng(seed), { timesteps: 5, batch: 2, features: 3 }));
    const sum = bptt(
      cell,
      caches,
      a.map((m, t) => m.add(b[t].scale(3))),
    ).grads;
    const [da, db] = [a, b].map((dhs) => bptt(cell, caches, dhs).grads);
    for (const name in sum) expect(sum[name].equals(da[name].add(db[name].scale(3)), 1e-12)).toBe(true);
  });
  it("names a list of the wrong length and one without any gradient", () => {
    expect(() => bptt(cell, caches, hs.slice(1))).toThrow(
      new RangeError("bptt: dhs: expected timesteps=5, got 4"),
    );
    expect(() => bptt(cell, caches, new Array(5))).toThrow(
      new RangeError("bptt: dhs: expected a gradient for at least one step, got none"),
    );
  });
});
