// node stock.mjs: TensorFlow.js and its own layers, on the backend in the environment variable RNN_TF_BACKEND.
import { createRequire } from "node:module";
import { numbers, serve, tokensOf } from "./protocol.mjs";

const { loadTf } = createRequire(import.meta.url)("../../dist/tf/load.js");
let tf;

serve({
  versions: () => ({
    tfjs: tf?.version_core,
    ...(tf?.backend?.().binding?.TF_Version && { libtensorflow: tf.backend().binding.TF_Version }),
  }),
  async prepare(row) {
    ({ tf } = await loadTf());
    tf.disposeVariables();
    return row.kind ? trainingStep(row) : fit(row);
  },
});

/** Forward and backward of recurrent layers, the loss being the outputs' sum. */
async function trainingStep({ kind, batch, timesteps, inputSize, units, layers, bidirectional }) {
  const model = tf.sequential({
    layers: Array.from({ length: layers }, (_, l) =>
      recurrent(
        kind,
        { units, returnSequences: true, ...(l ? {} : { inputShape: [timesteps, inputSize] }) },
        bidirectional,
      ),
    ),
  });
  const x = tf.tensor3d(numbers(batch * timesteps * inputSize), [batch, timesteps, inputSize]);
  const run = async () => {
    const started = performance.now();
    const { value, grads } = tf.variableGrads(() => tf.sum(model.apply(x, { training: true })));
    await Promise.all(Object.values(grads).map((gradient) => gradient.data()));
    const ms = performance.now() - started;
    tf.dispose([value, grads]);
    return ms;
  };
  await run();
  return run;
}

/** `fit` over the row's batches; milliseconds a step. */
async function fit({ batch, timesteps, stockSteps, input, model: layers, loss }) {
  const model = tf.sequential();
  layers.forEach((layer, k) => {
    const last = k === layers.length - 1;
    const shape = k ? {} : { inputShape: input.kind === "tokens" ? [timesteps] : [timesteps, input.size] };
    model.add(layerOf(layer, { ...shape, ...(last ? headOf(loss) : {}) }, input.size));
  });
  const losses = {
    softmax: "categoricalCrossentropy",
    mse: "meanSquaredError",
    binary: "binaryCrossentropy",
  };
  model.compile({ optimizer: tf.train.adam(0.001), loss: losses[loss] });
  const train = async (steps) => {
    const n = steps * batch;
    const [x, y] = [inputs(input, n, timesteps), targets(loss, input, n, timesteps)];
    const started = performance.now();
    await model.fit(x, y, { batchSize: batch, epochs: 1, shuffle: false, verbose: 0 });
    const ms = performance.now() - started;
    tf.dispose([x, y]);
    return ms / steps;
  };
  await train(1);
  return () => train(stockSteps);
}

function layerOf(layer, more, vocabulary) {
  const { type, units, rate, activation, sequences, bidirectional } = layer;
  if (type === "lstm") return recurrent(type, { units, returnSequences: sequences, ...more }, bidirectional);
  if (type === "dense") return tf.layers.dense({ units, ...(activation ? { activation } : {}), ...more });
  if (type === "dropout") return tf.layers.dropout({ rate });
  return tf.layers.embedding({ inputDim: vocabulary, outputDim: units, ...more });
}

/** Keras' own defaults, which are not this library's; the initializer changes no times and is fast. */
function recurrent(kind, config, bidirectional) {
  const { inputShape, ...rest } = config;
  const make = { lstm: tf.layers.lstm, gru: tf.layers.gru, rnn: tf.layers.simpleRNN }[kind];
  const settings = {
    ...rest,
    ...(kind === "rnn" ? {} : { recurrentActivation: "sigmoid" }),
    recurrentInitializer: "glorotUniform",
  };
  const shape = inputShape ? { inputShape } : {};
  if (!bidirectional) return make({ ...settings, ...shape });
  return tf.layers.bidirectional({ layer: make(settings), mergeMode: "concat", ...shape });
}

const headOf = (loss) =>
  ({ softmax: { activation: "softmax" }, binary: { activation: "sigmoid" } })[loss] ?? {};

function inputs({ kind, size }, n, timesteps) {
  const values = numbers(n * timesteps * (kind === "numbers" ? size : 1));
  if (kind === "numbers") return tf.tensor3d(values, [n, timesteps, size]);
  const tokens = tf.tensor2d(tokensOf(values, size), [n, timesteps], "int32");
  return kind === "tokens" ? tokens : tf.tidy(() => tf.cast(tf.oneHot(tokens, size), "float32"));
}

function targets(loss, { size }, n, timesteps) {
  if (loss === "mse") return tf.tensor2d(numbers(n), [n, 1]);
  if (loss === "binary") return tf.tensor2d(tokensOf(numbers(n), 2), [n, 1], "float32");
  const tokens = tf.tensor2d(tokensOf(numbers(n * timesteps), size), [n, timesteps], "int32");
  return tf.tidy(() => tf.cast(tf.oneHot(tokens, size), "float32"));
}
