import { createRequire } from "node:module";
import { numbers, timed } from "./protocol.mjs";

const require = createRequire(import.meta.url);
const { bidirectional, recurrent } = require("../../dist/engine/network/layers.js");
const { placeNetwork } = require("../../dist/engine/network/place.js");
const { Cursor } = require("../../dist/engine/room.js");

const kinds = { lstm: "lstm", gru: "gruResetAfter", rnn: "rnn" };

/**
 * Forward and backward of a row's recurrent layers in the arena, the gradient of each output being 1; data and weights lie
 * ready there, as the peers' do in their tensors.
 */
export function trainingStep(
  engine,
  { kind, batch, timesteps, inputSize, units, layers, bidirectional: both },
) {
  const make = both ? bidirectional : recurrent;
  const config = {
    batch,
    timesteps,
    input: { features: inputSize },
    layers: Array.from({ length: layers }, () => make(kinds[kind], { units, returnSequences: true })),
    loss: "squaredError",
    seed: 1,
  };
  const parts = ["parameters", "gradients", "room"];
  const sizes = Object.fromEntries(parts.map((part) => [part, new Cursor(0)]));
  placeNetwork(config, engine.threads, sizes);
  const { arena } = engine;
  const blocks = parts.map((part) => arena.allocate(sizes[part].next / 4, part));
  const cursors = Object.fromEntries(parts.map((part, k) => [part, new Cursor(blocks[k].address)]));
  const placed = placeNetwork(config, engine.threads, cursors);
  for (const { address, bytes } of blocks) arena.floats(address, bytes / 4).fill(0);

  const fill = (address, values) => arena.floats(address, values.length).set(values);
  const { steps, width, address: x } = placed.input;
  fill(x, numbers(steps * batch * width));
  for (const layer of placed.layers)
    for (const { address, rows, blocks: gates, width } of layer.parameters)
      fill(
        address,
        numbers(rows * gates * width, rows).map((v) => v / Math.sqrt(units)),
      );
  const { output } = placed.layers.at(-1);
  arena.floats(output.gradient, output.steps * batch * output.width).fill(1);

  const work = [
    ...placed.layers.flatMap((layer) => layer.forward),
    ...[...placed.layers].reverse().flatMap((layer) => layer.backward),
  ];
  const train = () => {
    for (const { job, tasks } of work) engine.run(job, tasks);
  };
  for (let k = 0; k < 2; k++) train();
  return {
    run: () => timed(train),
    release() {
      for (const job of new Set(work.map((part) => part.job))) engine.forget(job);
      for (const block of blocks) arena.release(block);
    },
  };
}
