import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Bidirectional } from "../../src/bptt/bidirectional";
import { gradientCheck, named } from "../../src/bptt/gradient-check";
import { type Merge, merges } from "../../src/bptt/merge";
import { unroll } from "../../src/bptt/unroll";
import { GRUCell } from "../../src/cells/gru";
import { LSTMCell } from "../../src/cells/lstm";
import { Matrix } from "../../src/math/matrix";
import { rng, uniformSequence } from "../../src/math/random";
import { randomState } from "../cells/contract";

const make = (seed: number, merge?: Merge) => {
  const random = rng(seed);
  const ahead = LSTMCell.init({ inputSize: 2, units: 3, random });
  const back = GRUCell.init({ inputSize: 2, units: 3, random });
  const xs = uniformSequence(random, { timesteps: 5, batch: 2, features: 2 });
  return { random, ahead, back, xs, both: new Bidirectional(ahead, back, merge) };
};
const reversed = <T>(items: T[]): T[] => [...items].reverse();

describe("Bidirectional", () => {
  for (const [name, merge] of Object.entries(merges))
    it(`with merge ${name} has exact gradients of parameters, inputs and both initial states`, () => {
      const { random, both, xs, ahead, back } = make(1, merge);
      const states = {
        ahead: randomState(ahead, 2, random) as { h: Matrix; c: Matrix },
        back: randomState(back, 2, random),
      };
      const finals = {
        ahead: randomState(ahead, 2, random) as { h: Matrix; c: Matrix },
        back: randomState(back, 2, random),
      };
      const { hs, cache } = both.forward(xs, states);
      const probes = uniformSequence(random, { timesteps: 5, batch: 2, features: hs[0].cols });
      const loss = () => {
        const run = both.forward(xs, states);
        return (
          run.hs.reduce((sum, h, t) => sum + h.dot(probes[t]), 0) +
          run.states.ahead.h.dot(finals.ahead.h) +
          run.states.ahead.c.dot(finals.ahead.c) +
          run.states.back.h.dot(finals.back.h)
        );
      };
      const { grads, dxs, dStates } = both.backward(probes, cache, finals);
      expect(gradientCheck(loss, both.params, grads).relativeError).toBeLessThan(1e-7);
      expect(gradientCheck(loss, named("x", xs), named("x", dxs)).relativeError).toBeLessThan(1e-7);
      expect(gradientCheck(loss, states.ahead, dStates.ahead).relativeError).toBeLessThan(1e-7);
      expect(gradientCheck(loss, states.back, dStates.back).relativeError).toBeLessThan(1e-7);
    });

  it("concatenates each step's two outputs, unless another merge is given", () => {
    const { both, ahead, back, xs } = make(2);
    const forwards = unroll(ahead, xs).hs;
    const backwards = reversed(unroll(back, reversed(xs)).hs);
    expect(both.forward(xs).hs).toEqual(forwards.map((h, t) => Matrix.concatColumns([h, backwards[t]])));
  });
  it("over the reversed sequence, with its cells swapped, gives the outputs reversed", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom("sum", "mul", "ave"), (seed, mode) => {
        const merge = merges[mode as keyof typeof merges];
        const { both, ahead, back, xs } = make(seed, merge);
        const swapped = new Bidirectional(back, ahead, merge);
        expect(reversed(swapped.forward(reversed(xs)).hs)).toEqual(both.forward(xs).hs);
      }),
      { numRuns: 30 },
    );
  });
  it("lets the first output see the last input", () => {
    const { both, xs } = make(3);
    const changed = [...xs.slice(0, -1), xs[xs.length - 1].scale(2)];
    expect(both.forward(changed).hs[0].equals(both.forward(xs).hs[0], 1e-6)).toBe(false);
  });
  it("names a list of gradients of the wrong length", () => {
    const { both, xs } = make(4);
    const { hs, cache } = both.forward(xs);
    expect(() => both.backward(hs.slice(1), cache)).toThrow(
      new RangeError("Bidirectional.backward: dhs: expected timesteps=5, got 4"),
    );
  });
});
