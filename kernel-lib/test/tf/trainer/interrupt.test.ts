import { resolve } from "node:path";
import { expect, it } from "vitest";
import { result, useKernel } from "../../jupyter/kernel";

const kernel = useKernel();
const library = resolve(__dirname, "../../../dist/index.js");

it("an interrupt of the cell ends a training after its step, and the model is kept", {
  timeout: 60_000,
}, async () => {
  const made = await kernel.run(`
    process.env.RNN_TF_BACKEND = "wasm";
    import { fit, loadTf, recurrentLayers, type TrainingHistory } from ${JSON.stringify(library)};
    const { tf } = await loadTf();
    const model = tf.sequential({
      layers: [recurrentLayers(tf).lstm({ units: 4, inputShape: [5, 1] }), tf.layers.dense({ units: 1 })],
    });
    model.compile({ optimizer: "adam", loss: "meanSquaredError" });
    let step = 0;
    let history: TrainingHistory;`);
  expect(made.reply).toMatchObject({ status: "ok" });
  const training = await kernel.run(
    `history = await fit(model, { x: tf.ones([64, 5, 1]), y: tf.ones([64, 1]) }, {
       epochs: 1e6,
       batchSize: 8,
       show: "nothing",
       onStep: (now) => {
         step = now.step;
         if (step === 20) console.log("twenty");
       },
     });`,
    { onOutput: () => void kernel.client.interrupt() },
  );
  expect(training.reply).toMatchObject({ status: "ok" });
  const kept = await kernel.run(`
    const prediction = tf.tidy(() => (model.predict(tf.ones([1, 5, 1])) as ReturnType<typeof tf.ones>).dataSync()[0]);
    [history.stopped, step >= 20, Number(model.optimizer.iterations) === step, Number.isFinite(prediction)].join()`);
  expect(result(kept)).toBe("'interrupted,true,true,true'");
});
