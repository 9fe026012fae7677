import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categorical, integer, normal, rng, shuffle, uniform, uniformSequence } from "../../src/math/random";

const draws = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);
const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;

describe("seeded randomness", () => {
  it("is the same for the same seed, on every machine", () => {
    expect(draws(3, rng(42))).toEqual([0.2725744465111921, 0.14005348723065558, 0.7822142315707581]);
    expect(draws(3, rng(43))).not.toEqual([0.2725744465111921, 0.14005348723065558, 0.7822142315707581]);
  });
  it("uniform numbers fill [−limit, limit)", () => {
    const { data } = uniform(rng(1), 100, 100, 3);
    expect(Math.min(...data)).toBeGreaterThanOrEqual(-3);
    expect(Math.min(...data)).toBeLessThan(-2.99);
    expect(Math.max(...data)).toBeLessThan(3);
    expect(Math.max(...data)).toBeGreaterThan(2.99);
    expect(mean(data)).toBeCloseTo(0, 1);
  });
  it("normal numbers have mean 0, the standard deviation asked for, and a normal's fourth moment", () => {
    const { data } = normal(rng(2), 200, 200, 2);
    expect(mean(data)).toBeCloseTo(0, 1.5);
    expect(mean(data.map((v) => v ** 2))).toBeCloseTo(4, 1);
    expect(mean(data.map((v) => (v / 2) ** 4))).toBeCloseTo(3, 1);
  });
  it("a sequence has a matrix a step", () => {
    const xs = uniformSequence(rng(3), { timesteps: 4, batch: 2, features: 3 });
    expect(xs.map(({ rows, cols }) => [rows, cols])).toEqual(Array(4).fill([2, 3]));
    expect(xs[0]).not.toEqual(xs[1]);
  });
  it("integers cover from … to − 1 evenly", () => {
    const random = rng(4);
    const counts = [0, 0, 0];
    for (const v of draws(3000, () => integer(random, 5, 8))) counts[v - 5]++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(100);
    expect(() => integer(random, 3, 3)).toThrow(
      new RangeError("integer: expected integers from < to, got from=3, to=3"),
    );
  });
  it("shuffle gives the same items in another order, and leaves the list alone", () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer()), (seed, items) => {
        const before = [...items];
        const shuffled = shuffle(rng(seed), items);
        expect(items).toEqual(before);
        expect([...shuffled].sort((x, y) => x - y)).toEqual([...items].sort((x, y) => x - y));
      }),
    );
    const first = draws(3000, () => 0).map((_, seed) => shuffle(rng(seed), [0, 1, 2])[0]);
    for (const v of [0, 1, 2]) expect(Math.abs(first.filter((f) => f === v).length - 1000)).toBeLessThan(100);
  });
});

describe("categorical", () => {
  it("draws as often as the weights say, and never what has weight 0", () => {
    const random = rng(5);
    const counts = [0, 0, 0, 0];
    for (const k of draws(6000, () => categorical(random, [1, 0, 2, 3]))) counts[k]++;
    expect(counts[1]).toBe(0);
    for (const [k, want] of [1000, 0, 2000, 3000].entries())
      expect(Math.abs(counts[k] - want)).toBeLessThan(150);
  });
  it("never falls off the end, even where rounding leaves something over", () => {
    expect(categorical(() => 1 - 2 ** -53, [0.1, 0.2, 0.3, 0])).toBe(2);
    expect(categorical(() => 0, [0, 0.2, 0.3])).toBe(1);
  });
  it("rejects weights that are no distribution", () => {
    const random = rng(6);
    expect(() => categorical(random, [1, -1])).toThrow(
      new RangeError("categorical: weights: expected numbers ≥ 0, got -1 at 1"),
    );
    expect(() => categorical(random, [1, Number.NaN])).toThrow(
      new RangeError("categorical: weights: expected numbers ≥ 0, got NaN at 1"),
    );
    expect(() => categorical(random, [0, 0])).toThrow(
      new RangeError("categorical: weights: expected a positive finite sum, got 0"),
    );
  });
});
