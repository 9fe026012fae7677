import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bptt } from "../../src/bptt/bptt";
import { gradientCheck, named } from "../../src/bptt/gradient-check";
import { unroll } from "../../src/bptt/unroll";
import type { Cell, State } from "../../src/cells/cell";
import { Matrix } from "../../src/math/matrix";
import { type Rng, rng, uniform, uniformSequence } from "../../src/math/random";

export type MakeCell = (config: { inputSize: number; units: number; random: Rng }) => Cell<State, unknown>;

/** A state like the cell's own, of random numbers: every part of the backward pass shows in it. */
export function randomState(cell: Cell<State, unknown>, batch: number, random: Rng): State {
  const entries = Object.entries(cell.zeroState(batch)).map(([name, { rows, cols }]) => [
    name,
    uniform(random, rows, cols),
  ]);
  return Object.fromEntries(entries) as State;
}

/** Adds noise, so that no zero bias or unit forget bias hides a wrong term. */
export function disturb(cell: Cell<State, unknown>, random: Rng): void {
  for (const { data } of Object.values(cell.params))
    for (let i = 0; i < data.length; i++) data[i] += random() - 0.5;
}

const totalOf = (a: State, b: State): number =>
  Object.keys(a).reduce((sum, name) => sum + a[name].dot(b[name]), 0);

/** What holds for every cell. */
export function describeCell(name: string, make: MakeCell): void {
  describe(`${name}, as a cell`, () => {
    it("has exact gradients of parameters, inputs and initial state, from every output and the final state", () => {
      const random = rng(11);
      const cell = make({ inputSize: 2, units: 4, random });
      disturb(cell, random);
      const xs = uniformSequence(random, { timesteps: 5, batch: 3, features: 2 });
      const probes = uniformSequence(random, { timesteps: 5, batch: 3, features: cell.units });
      const initial = randomState(cell, 3, random);
      const finalProbe = randomState(cell, 3, random);
      const loss = () => {
        const { hs, state } = unroll(cell, xs, initial);
        return hs.reduce((sum, h, t) => sum + h.dot(probes[t]), totalOf(state, finalProbe));
      };
      const { grads, dxs, dStates } = bptt(cell, unroll(cell, xs, initial).caches, probes, finalProbe);
      expect(gradientCheck(loss, cell.params, grads).relativeError).toBeLessThan(1e-7);
      expect(gradientCheck(loss, named("x", xs), named("x", dxs)).relativeError).toBeLessThan(1e-7);
      expect(gradientCheck(loss, initial, dStates[0]).relativeError).toBeLessThan(1e-7);
    });

    it("unrolled in two parts with the state carried over gives the outputs of the whole", () => {
      fc.assert(
        fc.property(fc.integer(), fc.integer({ min: 1, max: 7 }), (seed, cut) => {
          const random = rng(seed);
          const cell = make({ inputSize: 3, units: 2, random });
          const xs = uniformSequence(random, { timesteps: 8, batch: 2, features: 3 });
          const whole = unroll(cell, xs);
          const first = unroll(cell, xs.slice(0, cut));
          const second = unroll(cell, xs.slice(cut), first.state);
          expect([...first.hs, ...second.hs]).toEqual(whole.hs);
          expect(second.state).toEqual(whole.state);
        }),
        { numRuns: 20 },
      );
    });

    it("keeps the rows of a batch apart", () => {
      const random = rng(5);
      const cell = make({ inputSize: 3, units: 4, random });
      const xs = uniformSequence(random, { timesteps: 4, batch: 3, features: 3 });
      const together = unroll(cell, xs).hs;
      for (let b = 0; b < 3; b++) {
        const alone = unroll(
          cell,
          xs.map((x) => x.row(b)),
        ).hs;
        for (const [t, h] of alone.entries()) expect(h.equals(together[t].row(b), 1e-15)).toBe(true);
      }
    });

    it("is the same for the same seed", () => {
      const params = (seed: number) => make({ inputSize: 2, units: 3, random: rng(seed) }).params;
      expect(params(1)).toEqual(params(1));
      expect(params(1)).not.toEqual(params(2));
    });
  });
}

/** A cell's messages for an input and a state of the wrong shape. */
export function describeShapeErrors(name: string, make: MakeCell): void {
  describe(`${name}, given wrong shapes`, () => {
    const cell = make({ inputSize: 2, units: 4, random: rng(1) });

    it("names the input", () => {
      expect(() => cell.forward(Matrix.zeros(3, 5), cell.zeroState(3))).toThrow(
        new RangeError(`${name}.forward: x: expected [batch=3, inputSize=2], got [3, 5]`),
      );
    });
    it("names the part of the state", () => {
      for (const part of Object.keys(cell.zeroState(1)).filter((key) => key !== "h"))
        expect(() =>
          cell.forward(Matrix.zeros(3, 2), { ...cell.zeroState(3), [part]: Matrix.zeros(3, 7) }),
        ).toThrow(new RangeError(`${name}.forward: ${part}: expected [batch=3, units=4], got [3, 7]`));
      expect(() => cell.forward(Matrix.zeros(3, 2), { ...cell.zeroState(3), h: Matrix.zeros(3, 7) })).toThrow(
        new RangeError(`${name}.forward: h: expected [batch=3, units=4], got [3, 7]`),
      );
    });
  });
}
