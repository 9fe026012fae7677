import type { Tensor } from "@tensorflow/tfjs";
import { afterAll, describe, expect, it } from "vitest";
import type { TfBackend } from "../../src/tf/load";
import { golden } from "../golden/load";
import { loadBackend } from "./backends";
import { currentEngine, recurrentLayers } from "./dist";

type Case = {
  kind: "lstm" | "gru" | "gruResetAfter" | "simpleRNN";
  config: Record<string, boolean>;
  merge?: "concat" | "sum";
  mask?: number[][];
  x: number[][][];
  initial: number[][][];
  weights: number[][];
  results: number[][];
  probes: number[][];
  dWeights: number[][];
  dX: number[][][];
  dInitial: number[][][];
};

/** The layers against Keras' numbers, on one backend of TensorFlow.js. */
export function kerasLayerTests(backend: TfBackend): void {
  describe(`on the ${backend} backend a layer gives Keras' results and gradients`, () => {
    const { cases } = golden<{ cases: Record<string, Case> }>("keras-layers");

    it.each(Object.entries(cases))("%s", async (_, expected) => {
      const { results, gradients } = await compute(backend, expected);
      expect(results).toHaveLength(expected.results.length);
      results.forEach((result, k) => {
        near(result, expected.results[k], `result ${k}`);
      });
      const wanted = [...expected.dWeights, expected.dX, ...expected.dInitial];
      wanted.forEach((gradient, k) => {
        near(gradients[k], gradient, `gradient ${k}`);
      });
    });

    afterAll(() => expect(currentEngine().arena.used).toBe(0));
  });
}

async function compute(backend: TfBackend, { kind, config, merge, mask, ...numbers }: Case) {
  const tf = await loadBackend(backend);
  const { lstm, gru, simpleRNN, bidirectional } = recurrentLayers(tf);
  const layers = { lstm, simpleRNN, gru, gruResetAfter: gru };
  const plain = layers[kind]({ units: 3, ...config });
  const layer = merge ? bidirectional({ layer: plain, mergeMode: merge }) : plain;
  const x = tf.variable(tf.tensor(numbers.x));
  const initial = numbers.initial.map((state) => tf.variable(tf.tensor(state)));
  const inputs = {
    mask: mask && tf.tensor(mask, undefined, "bool"),
    initialState: initial.length ? initial : undefined,
  };
  const results = () => [layer.apply(x, { ...inputs })].flat() as Tensor[];
  results();
  layer.setWeights(numbers.weights.map((weight) => tf.tensor(weight)));
  if (config.stateful) {
    layer.resetStates();
    results();
  }
  const weights = layer.trainableWeights.map((weight) => weight.read() as ReturnType<typeof tf.variable>);
  const variables = [...weights, x, ...initial];
  let given: number[][] = [];
  const { grads } = tf.variableGrads(() => {
    const all = results();
    given = all.map((result) => [...result.dataSync()]);
    const weighted = all.map((result, k) => tf.sum(tf.mul(result, tf.tensor(numbers.probes[k]))));
    return tf.addN(weighted) as ReturnType<typeof tf.scalar>;
  }, variables);
  return { results: given, gradients: variables.map(({ name }) => [...grads[name].dataSync()]) };
}

function near(got: readonly number[], nested: unknown, what: string): void {
  const want = (nested as number[]).flat(3);
  expect(got.length, what).toBe(want.length);
  const worst = want.reduce(
    (most, v, i) => Math.max(most, Math.abs(v - got[i]) / Math.max(1, Math.abs(v))),
    0,
  );
  expect(worst, what).toBeLessThan(1e-5);
}
