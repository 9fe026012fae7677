import { beforeAll, describe, expect, it } from "vitest";
import type { SeededInitializers } from "../../src/tf/initializers";
import { deriveSeed } from "../../src/tf/seeds";
import type { TensorFlow } from "../../src/tf/tensorflow";
import { loadBackend } from "./backends";
import { seededInitializers } from "./dist";

let tf: TensorFlow;
let initializers: SeededInitializers;
beforeAll(async () => {
  tf = await loadBackend("wasm");
  initializers = seededInitializers(tf);
});

const draw = (name: keyof SeededInitializers, seed: number, shape: number[]) =>
  Array.from(initializers[name]({ seed }).apply(shape).dataSync());
const variance = (numbers: number[]) => numbers.reduce((sum, v) => sum + v * v, 0) / numbers.length;

describe("a seeded initializer", () => {
  it.each([
    ["glorotUniform", 2 / (300 + 200)],
    ["glorotNormal", 2 / (300 + 200)],
    ["heUniform", 2 / 300],
    ["heNormal", 2 / 300],
    ["lecunUniform", 1 / 300],
    ["lecunNormal", 1 / 300],
  ] as const)("%s draws with its variance and cut, by seed", (name, expected) => {
    const numbers = draw(name, 1, [300, 200]);
    expect(variance(numbers) / expected).toBeCloseTo(1, 1);
    const most = Math.max(...numbers.map(Math.abs));
    const cut = name.endsWith("Uniform") ? Math.sqrt(3) : 2 / 0.8796;
    expect(most).toBeLessThanOrEqual(cut * Math.sqrt(expected));
    expect(most).toBeGreaterThan(0.98 * cut * Math.sqrt(expected));
    expect(draw(name, 1, [300, 200])).toEqual(numbers);
    expect(draw(name, 2, [300, 200])).not.toEqual(numbers);
  });

  it("orthogonal draws orthonormal columns", () => {
    const q = initializers.orthogonal({ seed: 1 }).apply([8, 5]);
    const product = tf.matMul(q as never, q as never, true, false).arraySync() as number[][];
    product.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(i === j ? 1 : 0, 5);
      });
    });
  });

  it("counts a convolution's positions for both fans", () => {
    expect(variance(draw("heUniform", 1, [3, 100, 50])) * 300).toBeCloseTo(2, 1);
  });

  it("is found again by the configuration that a saved model has", () => {
    const layer = tf.layers.dense({
      units: 3,
      inputShape: [2],
      kernelInitializer: initializers.glorotUniform({ seed: 7 }),
    });
    const again = tf.layers.dense(layer.getConfig() as never);
    const x = tf.ones([1, 2]);
    layer.apply(x);
    again.apply(x);
    expect(again.getWeights()[0].arraySync()).toEqual(layer.getWeights()[0].arraySync());
  });

  it("refuses to draw without a seed", () => {
    expect(() => initializers.heNormal({} as never)).toThrow(
      "heNormal: seed: expected a whole number, got undefined",
    );
  });
});

it("neighbouring seeds and places have different seeds of their own", () => {
  const seeds = new Set<number>();
  for (let seed = -10; seed < 10; seed++)
    for (let place = 0; place < 20; place++)
      for (let step = 0; step < 20; step++) seeds.add(deriveSeed(seed, place, step));
  expect(seeds.size).toBe(20 ** 3);
});
