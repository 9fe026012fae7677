import { createRequire } from "node:module";
import { trainingStep } from "./contestants/ours-step.mjs";
import { writeWhole } from "./journal.mjs";
import { load, machine } from "./machine.mjs";
import { operationsByTask, recurrentRows } from "./rows.mjs";
import { median, rounded } from "./statistics.mjs";

const require = createRequire(import.meta.url);
const { Engine } = require("../dist/index.js");
const { toolsOf } = require("../dist/engine/tools.js");

/** The limits that the engines were designed against, GF/s a core, on a CPU with AVX-512. */
const designed = { wasm: 50, native: 200 };
/** Rows, columns and depth of the product that shows what this machine can do: its operands stay in the cache. */
const side = 384;
const repetitions = 40;

/**
 * @typedef {{ task: string, ms: number, gigaflops: number | undefined, ofLimit: number | undefined }} TaskTime `ofLimit`: the part of all
 *   threads' limit that the task's products reached
 * @typedef {{ id: string, name: string, engine: "wasm" | "native", threads: number, ms: number, msAtLimit: number, tasks: TaskTime[] }} Profile
 *   `msAtLimit`: what the row's products alone would take at the limit
 */

/**
 * Where the engines' time goes in a training step: each task's median time, and its rate against the fastest product that the same
 * machine, engine and thread count reach (the limit).
 *
 * @param {{ names: string[], threads: number, json?: string }} options
 */
export function profile({ names, threads, json }) {
  const rows = recurrentRows.filter(
    ({ id }) => names.length === 0 || names.some((name) => id.startsWith(name)),
  );
  const before = { at: new Date().toISOString(), load: load() };
  const limits = { wasm: limitOf("wasm"), native: limitOf("native") };
  /** @type {Profile[]} */
  const profiles = [];
  for (const engine of /** @type {const} */ (["wasm", "native"])) {
    const { core } = limits[engine];
    console.log(
      `\n${engine}: one core multiplies ${side}×${side} matrices at ${core} GF/s (designed against ${designed[engine]})`,
    );
    for (const row of rows) {
      const found = profileOf(row, engine, threads, core);
      profiles.push(found);
      console.log(table(found));
    }
  }
  const after = { at: new Date().toISOString(), load: load() };
  const report = { machine: machine(), before, after, limits, designed, profiles };
  if (json) writeWhole(json, `${JSON.stringify(report, undefined, 2)}\n`);
}

/** @param {"wasm" | "native"} engine */
function limitOf(engine) {
  const floats = side * side;
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true });
  const { multiplier } = toolsOf(engine, memory);
  const [a, b, c, panels] = [1, 2, 3, 4].map((k) => 65536 + 4 * k * floats);
  new Float32Array(memory.buffer).fill(0.01);
  const operand = { address: b, ld: side, transposed: false, k: side, n: side, rows: side, panels };
  multiplier.prepare(operand);
  const times = Array.from({ length: repetitions }, () => {
    const start = performance.now();
    multiplier.product(a, side, operand, c, side, side);
    return performance.now() - start;
  });
  return { core: rounded((2 * side ** 3) / median(times.slice(repetitions / 4)) / 1e6) };
}

/** @returns {Profile} */
function profileOf(row, name, threads, core) {
  const engine = new Engine(name, { threads });
  /** @type {Map<string, number>} */
  let sums = new Map();
  const timed = Object.create(engine, {
    run: {
      value(job, tasks) {
        for (const task of tasks) {
          const start = performance.now();
          engine.run(job, [task]);
          sums.set(task, (sums.get(task) ?? 0) + performance.now() - start);
        }
      },
    },
  });
  const { run, release } = trainingStep(timed, row);
  const runs = Array.from({ length: repetitions }, () => {
    sums = new Map();
    return { ms: run(), sums };
  });
  release();
  engine.close();
  const operations = operationsByTask(row);
  const total = Object.values(operations).reduce((sum, n) => sum + n, 0);
  const tasks = [...sums.keys()].map((task) => {
    const ms = median(runs.map((one) => one.sums.get(task) ?? 0));
    if (!operations[task]) return { task, ms: rounded(ms), gigaflops: undefined, ofLimit: undefined };
    const gigaflops = operations[task] / ms / 1e6;
    return {
      task,
      ms: rounded(ms),
      gigaflops: rounded(gigaflops),
      ofLimit: rounded(gigaflops / core / threads),
    };
  });
  return {
    id: row.id,
    name: row.name,
    engine: name,
    threads,
    ms: rounded(median(runs.map((one) => one.ms))),
    msAtLimit: rounded(total / core / threads / 1e6),
    tasks,
  };
}

/** @param {Profile} profile */
function table({ name, threads, ms, msAtLimit, tasks }) {
  const lines = tasks.map(({ task, ms, gigaflops, ofLimit }) => {
    const rate = gigaflops
      ? `${gigaflops.toFixed(0).padStart(7)} GF/s${(100 * (ofLimit ?? 0)).toFixed(0).padStart(5)} %`
      : "";
    return `  ${task.padEnd(22)}${ms.toFixed(2).padStart(8)} ms${rate}`;
  });
  return [
    `\n${name}, ${threads} threads: ${ms} ms; its products alone, at the limit: ${msAtLimit} ms`,
    ...lines,
  ].join("\n");
}
