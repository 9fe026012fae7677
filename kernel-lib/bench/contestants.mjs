import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Child } from "./child.mjs";

const folder = fileURLToPath(new URL("contestants", import.meta.url));

/** The libraries, as people call them. */
export const labels = {
  wasm: "wasm",
  native: "native",
  pytorch: "PyTorch",
  keras: "Keras",
  "tfjs-node": "tf.layers, tfjs-node",
  "tfjs-wasm": "tf.layers, tfjs-wasm",
};
export const ours = ["wasm", "native"];

/** One library on so many threads, in a process that starts when it is first needed, and again if it ended. */
export class Contestant {
  /** @param {string} engine @param {number} threads @param {{ command: string[], env?: Record<string, string> }} program */
  constructor(engine, threads, program) {
    this.engine = engine;
    this.threads = threads;
    this.program = program;
    /** Why it cannot take part at all. @type {string | undefined} */
    this.unfit = undefined;
    this.key = `${engine}/${threads}`;
    this.label = `${labels[engine]}, ${threads} thread${threads > 1 ? "s" : ""}`;
    this.ours = ours.includes(engine);
    /** Recurrent layers that take hundreds of milliseconds a step: measured less often. */
    this.stock = engine.startsWith("tfjs");
  }

  start() {
    return new Child(this.program);
  }

  /** @param {object} request @returns {Promise<any>} */
  async ask(request) {
    if (this.child?.ended) this.child = undefined;
    this.child ??= this.start();
    return this.child.ask(request);
  }

  stop() {
    this.child?.stop();
    this.child = undefined;
  }
}

/**
 * Who takes part: the engines, and the peers where `python` is given. Stock layers use the highest number of threads only.
 *
 * @param {number[]} threadCounts
 * @param {string | undefined} python of the environment that holds the peers
 */
export function contestants(threadCounts, python) {
  const on = (engine, program) => threadCounts.map((n) => new Contestant(engine, n, program(n)));
  const node = (file, ...args) => [process.execPath, join(folder, file), ...args];
  const engines = ours.flatMap((name) => on(name, (n) => ({ command: node("ours.mjs", name, `${n}`) })));
  if (!python) return engines;
  const program = (file) => (n) => ({ command: [python, join(folder, file), `${n}`], env: threadLimits(n) });
  const most = Math.max(...threadCounts);
  const stock = (engine, backend, n) =>
    new Contestant(engine, n, {
      command: node("stock.mjs"),
      env: { ...threadLimits(n), RNN_TF_BACKEND: backend },
    });
  return [
    ...engines,
    ...on("pytorch", program("peer_pytorch.py")),
    ...on("keras", program("peer_keras.py")),
    stock("tfjs-node", "tensorflow", most),
    // In Node its WebAssembly backend has one thread, whatever is asked for.
    stock("tfjs-wasm", "wasm", most),
  ];
}

const threadLimits = (n) => ({
  OMP_NUM_THREADS: `${n}`,
  MKL_NUM_THREADS: `${n}`,
  TF_NUM_INTRAOP_THREADS: `${n}`,
  TF_NUM_INTEROP_THREADS: `${n}`,
});
