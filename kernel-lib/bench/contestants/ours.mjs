// node ours.mjs ENGINE THREADS: kernel-lib's engine.
import { createRequire } from "node:module";
import { fit } from "./ours-fit.mjs";
import { trainingStep } from "./ours-step.mjs";
import { serve } from "./protocol.mjs";

const { Engine } = createRequire(import.meta.url)("../../dist/index.js");
const [name, threads] = process.argv.slice(2);
const engine = new Engine(name, { threads: Number(threads) });
let release = () => {};

serve({
  versions: () => ({ node: process.versions.node, v8: process.versions.v8 }),
  prepare(row) {
    release();
    release = () => {};
    const built = row.kind ? trainingStep(engine, row) : fit(engine, row);
    release = built.release;
    return built.run;
  },
});
