import { createRequire } from "node:module";
import { numbers, timed, tokensOf } from "./protocol.mjs";

const { Network, networkLayers: make } = createRequire(import.meta.url)("../../dist/index.js");

const losses = { softmax: "softmaxCrossEntropy", mse: "squaredError", binary: "logisticCrossEntropy" };

/** A training step on each of the row's batches; milliseconds a step. */
export function fit(engine, { batch, timesteps, steps, input, model, loss }) {
  const network = new Network(engine, {
    batch,
    timesteps,
    input: input.kind === "tokens" ? "indices" : { features: input.size },
    layers: model.map((layer) => layerOf(layer, input.size)),
    loss: losses[loss],
    seed: 1,
  });
  const x = inputs(input, steps * batch * timesteps);
  const y = targets(loss, input, steps * batch, timesteps);
  const batchOf = (data, k) => data.subarray((k * data.length) / steps, ((k + 1) * data.length) / steps);
  const train = (upTo) => {
    for (let k = 0; k < upTo; k++) network.train(batchOf(x, k), batchOf(y, k));
  };
  train(2);
  return { run: () => timed(() => train(steps)) / steps, release: () => network.release() };
}

function layerOf({ type, units, rate, activation, sequences, bidirectional }, entries) {
  if (type === "dense") return make.dense({ units, ...(activation ? { activation } : {}) });
  if (type === "dropout") return make.dropout(rate);
  if (type === "embedding") return make.embedding({ entries, units });
  const config = { units, returnSequences: sequences };
  return bidirectional ? make.bidirectional(type, config) : make.recurrent(type, config);
}

function inputs({ kind, size }, count) {
  if (kind === "numbers") return numbers(count * size);
  const tokens = tokensOf(numbers(count), size);
  if (kind === "tokens") return tokens;
  const oneHot = new Float32Array(count * size);
  tokens.forEach((token, k) => {
    oneHot[k * size + token] = 1;
  });
  return oneHot;
}

function targets(loss, { size }, sequences, timesteps) {
  if (loss === "mse") return numbers(sequences, 2);
  if (loss === "binary") return Float32Array.from(tokensOf(numbers(sequences, 2), 2));
  return tokensOf(numbers(sequences * timesteps, 2), size);
}
