// A training in a process of its own, to be killed: `node program.cjs FOLDER` says each step, and at the end the
// digest of the weights.
const { createHash } = require("node:crypto");
const { seededInitializers } = require("../../../dist/tf/initializers");
const { recurrentLayers } = require("../../../dist/tf/layers");
const { loadTf } = require("../../../dist/tf/load");
const { fit } = require("../../../dist/tf/trainer/fit");

main();

async function main() {
  const { tf } = await loadTf();
  const { lstm } = recurrentLayers(tf);
  const { glorotUniform } = seededInitializers(tf);
  const model = tf.sequential({
    layers: [
      lstm({ units: 8, inputShape: [10, 1], seed: 1, dropout: 0.2 }),
      tf.layers.dense({ units: 1, kernelInitializer: glorotUniform({ seed: 2 }) }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.01), loss: "meanSquaredError" });
  const wave = (k) => Math.fround((((k * 7919) % 1000) - 500) / 500);
  const x = Array.from({ length: 80 }, (_, i) => Array.from({ length: 10 }, (_, t) => [wave(3 * i + t)]));
  const y = x.map((steps) => [steps[9][0] - steps[0][0]]);
  await fit(
    model,
    { x: tf.tensor3d(x), y: tf.tensor2d(y) },
    {
      epochs: 12,
      batchSize: 16,
      seed: 5,
      validationSplit: 0.2,
      earlyStopping: { patience: 4 },
      checkpoint: { folder: process.argv[2] },
      resume: true,
      show: "nothing",
      onStep: ({ step }) => console.log(`step ${step}`),
    },
  );
  const hash = createHash("sha256");
  for (const weight of model.getWeights()) hash.update(weight.dataSync());
  console.log(`digest ${hash.digest("hex")}`);
}
