import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { median } from "./statistics.mjs";

/** Rows, columns and depth of the product that shows what a machine can do: its operands stay in the cache. */
export const side = 384;
/** How long the threads multiply together, in ms: a machine that others use too changes its pace within a second. */
const duration = 60;

/**
 * The fastest products that this machine, an engine and a number of threads reach at this moment: all threads multiply at once.
 */
export class Limit {
  /** @param {"wasm" | "native"} engine @param {number} threads */
  constructor(engine, threads) {
    const file = fileURLToPath(import.meta.url);
    this.workers = Array.from({ length: threads }, () => new Worker(file, { workerData: { engine } }));
  }

  /** @returns {Promise<number>} GF/s of all threads together */
  async measure() {
    const rates = await Promise.all(
      this.workers.map(async (worker) => {
        worker.postMessage("multiply");
        const [rate] = await once(worker, "message");
        return rate;
      }),
    );
    return rates.reduce((sum, rate) => sum + rate, 0);
  }

  async close() {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

if (!isMainThread && parentPort) {
  const { toolsOf } = createRequire(import.meta.url)("../dist/engine/tools.js");
  const floats = side * side;
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true });
  const { multiplier } = toolsOf(workerData.engine, memory);
  const [a, b, c, panels] = [1, 2, 3, 4].map((k) => 65536 + 4 * k * floats);
  new Float32Array(memory.buffer).fill(0.01);
  const operand = { address: b, ld: side, transposed: false, k: side, n: side, rows: side, panels };
  multiplier.prepare(operand);
  parentPort.on("message", () => {
    const times = [];
    for (const end = performance.now() + duration; performance.now() < end; ) {
      const start = performance.now();
      multiplier.product(a, side, operand, c, side, side);
      times.push(performance.now() - start);
    }
    parentPort?.postMessage((2 * side ** 3) / median(times) / 1e6);
  });
}
