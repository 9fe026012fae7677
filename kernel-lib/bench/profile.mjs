import { createRequire } from "node:module";
import { trainingStep } from "./contestants/ours-step.mjs";
import { writeWhole } from "./journal.mjs";
import { Limit, side } from "./limit.mjs";
import { load, machine } from "./machine.mjs";
import { operationsByTask, recurrentRows } from "./rows.mjs";
import { median, rounded } from "./statistics.mjs";

const require = createRequire(import.meta.url);
const { Engine } = require("../dist/index.js");

/** The limits that the engines were designed against, GF/s a core, on a CPU with AVX-512. */
const designed = { wasm: 50, native: 200 };
const repetitions = 40;
/** The limit is measured anew after so many runs. */
const pause = 8;

/**
 * @typedef {{ task: string, ms: number, gigaflops: number | undefined, ofLimit: number | undefined }} TaskTime `ofLimit`: the part of the
 *   limit that the task's products reached
 * @typedef {{ id: string, name: string, engine: "wasm" | "native", threads: number, ms: number, limit: number, msAtLimit: number,
 *   tasks: TaskTime[] }} Profile `limit`: GF/s of all threads, between the row's runs; `msAtLimit`: what the row's products alone would take
 */

/**
 * Where the engines' time goes in a training step: each task's median time, and its rate against the fastest product that the same
 * machine, engine and thread count reach (the limit).
 *
 * @param {{ names: string[], threads: number, json?: string }} options
 */
export async function profile({ names, threads, json }) {
  const rows = recurrentRows.filter(
    ({ id }) => names.length === 0 || names.some((name) => id.startsWith(name)),
  );
  const before = { at: new Date().toISOString(), load: load() };
  /** @type {Profile[]} */
  const profiles = [];
  for (const engine of /** @type {const} */ (["wasm", "native"])) {
    console.log(
      `\n${engine}, ${threads} threads; limit: ${side}×${side} matrices (designed against ${designed[engine]} GF/s a core)`,
    );
    const limit = new Limit(engine, threads);
    for (const row of rows) {
      const found = await profileOf(row, engine, threads, limit);
      profiles.push(found);
      console.log(table(found));
    }
    await limit.close();
  }
  const after = { at: new Date().toISOString(), load: load() };
  const report = { machine: machine(), before, after, designed, profiles };
  if (json) writeWhole(json, `${JSON.stringify(report, undefined, 2)}\n`);
}

/** @returns {Promise<Profile>} */
async function profileOf(row, name, threads, limit) {
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
  const runs = [];
  const limits = [];
  for (let i = 0; i < repetitions; i++) {
    if (i % pause === 0) limits.push(await limit.measure());
    sums = new Map();
    runs.push({ ms: run(), sums });
  }
  const gigaflopsAtLimit = median(limits);
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
      ofLimit: rounded(gigaflops / gigaflopsAtLimit),
    };
  });
  return {
    id: row.id,
    name: row.name,
    engine: name,
    threads,
    ms: rounded(median(runs.map((one) => one.ms))),
    limit: rounded(gigaflopsAtLimit),
    msAtLimit: rounded(total / gigaflopsAtLimit / 1e6),
    tasks,
  };
}

/** @param {Profile} profile */
function table({ name, ms, limit, msAtLimit, tasks }) {
  const lines = tasks.map(({ task, ms, gigaflops, ofLimit }) => {
    const rate = gigaflops
      ? `${gigaflops.toFixed(0).padStart(7)} GF/s${(100 * (ofLimit ?? 0)).toFixed(0).padStart(5)} %`
      : "";
    return `  ${task.padEnd(22)}${ms.toFixed(2).padStart(8)} ms${rate}`;
  });
  return [
    `\n${name}: ${ms} ms; its products alone, at the limit of ${limit} GF/s: ${msAtLimit} ms`,
    ...lines,
  ].join("\n");
}
