import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/math/matrix";
import { rng } from "../../src/math/random";
import { HopfieldNetwork } from "../../src/models/hopfield-network";

const randomState = (random: () => number, units: number) =>
  Array.from({ length: units }, () => (random() < 0.5 ? -1 : 1));

describe("HopfieldNetwork", () => {
  it("stores by Hebb's rule: two patterns of three units by hand", () => {
    const { weights } = HopfieldNetwork.store([
      [1, 1, -1],
      [1, -1, -1],
    ]);
    const third = Matrix.from([
      [0, 0, -2],
      [0, 0, 0],
      [-2, 0, 0],
    ]);
    expect(weights.equals(third.scale(1 / 3), 1e-15)).toBe(true);
  });

  it("recalls a stored pattern from one with a fifth of its units flipped", () => {
    const random = rng(1);
    const patterns = Array.from({ length: 5 }, () => randomState(random, 100));
    const network = HopfieldNetwork.store(patterns);
    for (const pattern of patterns) {
      const noisy = pattern.map((s, i) => (i % 5 === 0 ? -s : s));
      expect(network.recall(noisy, random).at(-1)?.state).toEqual(pattern);
    }
  });

  it("never raises its energy, and ends in a state that no unit leaves, which is also so for its negative", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, count) => {
        const random = rng(seed);
        const network = HopfieldNetwork.store(Array.from({ length: count }, () => randomState(random, 24)));
        const steps = network.recall(randomState(random, 24), random);
        steps.slice(1).forEach(({ energy }, k) => {
          expect(energy).toBeLessThan(steps[k].energy + 1e-12);
        });
        const end = steps[steps.length - 1].state;
        expect(network.recall(end, random)).toHaveLength(1);
        const mirror = end.map((s) => -s);
        expect(network.recall(mirror, random)).toHaveLength(1);
        expect(network.energy(mirror)).toBeCloseTo(network.energy(end), 12);
      }),
      { numRuns: 40 },
    );
  });

  it("has the energy −½ sᵀWs", () => {
    const random = rng(2);
    const network = HopfieldNetwork.store([randomState(random, 10), randomState(random, 10)]);
    const state = randomState(random, 10);
    const s = Matrix.from([state]);
    expect(network.energy(state)).toBeCloseTo(
      -0.5 * s.matmul(network.weights).matmulTranspose(s).at(0, 0),
      14,
    );
  });

  it("names a state that is none, and weights that are not symmetric", () => {
    const network = HopfieldNetwork.store([[1, -1, 1]]);
    expect(() => network.recall([1, 0, 1], rng(1))).toThrow(
      "HopfieldNetwork.recall: state: expected −1 or 1, got 0 at 1",
    );
    expect(() => network.energy([1, 1])).toThrow("HopfieldNetwork.energy: state: expected units=3, got 2");
    expect(() => HopfieldNetwork.store([[1, 1], [1]])).toThrow(
      "HopfieldNetwork.store: patterns[1]: expected units=2, got 1",
    );
    expect(() => HopfieldNetwork.store([])).toThrow(
      "HopfieldNetwork.store: patterns: expected at least one, got none",
    );
    for (const wrong of [
      Matrix.identity(2),
      Matrix.from([
        [0, 1],
        [2, 0],
      ]),
      Matrix.zeros(2, 3),
    ])
      expect(() => new HopfieldNetwork(wrong)).toThrow(
        `HopfieldNetwork: weights: expected a symmetric square matrix with a zero diagonal, got [2, ${wrong.cols}]`,
      );
  });
});
