import { expect, it } from "vitest";
import { rng } from "../../src/math/random";

const seeds = Array.from({ length: 2000 }, (_, seed) => seed);

it.each([0, 1, 2, 9])("number %i of neighbouring seeds is uniform and unrelated to the seed", (place) => {
  const values = seeds.map((seed) => {
    const random = rng(seed);
    for (let i = 0; i < place; i++) random();
    return random();
  });
  const mean = values.reduce((a, b) => a + b) / values.length;
  expect(mean).toBeGreaterThan(0.48); // 0.5 ± 3 standard errors of 0.0065
  expect(mean).toBeLessThan(0.52);
  const lag = values.slice(1).reduce((sum, v, i) => sum + (v - mean) * (values[i] - mean), 0) / values.length;
  expect(Math.abs(lag * 12)).toBeLessThan(0.07); // the correlation of neighbours, 3 / √2000
});

it("gives the same numbers for the same seed", () => {
  const draw = () => Array.from({ length: 5 }, rng(42));
  expect(draw()).toEqual(draw());
});
