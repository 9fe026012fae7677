import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { contestants } from "./contestants.mjs";
import { drawCurves } from "./figures.mjs";
import { Journal, writeWhole } from "./journal.mjs";
import { load, machine } from "./machine.mjs";
import { measure, measureFresh, swift, thorough } from "./measure.mjs";
import { absences, comparisons, goalsReached, pointsOf, table } from "./report.mjs";
import {
  curveRows,
  firstRow,
  fitRows,
  floatingPointOperations,
  memoryRow,
  recurrentRows,
  threadsRow,
} from "./rows.mjs";
import { digest } from "./same.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cache = join(root, ".cache", "bench");
const first = { id: "first", name: "time to first result: a new process's first LSTM step" };
const memory = { id: "memory", name: "memory of a process after ten training steps" };
/** After so many seconds the rest is measured with few repetitions, so that the whole ends within twelve minutes. */
const hurryAfter = 570;

/**
 * @typedef {{ names: string[], cores: number, python?: string, json?: string, quick: boolean, resume: boolean }} Options
 *   `python`: the peers' interpreter, without it the engines run alone; `quick`: few repetitions, to see that all works,
 *   figures in .cache/bench; `resume`: goes on from a run that was cut off
 */

/**
 * Times every row that one of `names` begins, or all, with the contestants in turn; prints tables, writes JSON and figures.
 *
 * @param {Options} options
 * @returns {Promise<number>} the exit status
 */
export async function bench(options) {
  const { names, cores, python, json, quick } = options;
  const ids = [...recurrentRows, ...fitRows, first, memory, { id: "curve" }].map(({ id }) => id);
  const unknown = names.filter((name) => !ids.some((id) => id.startsWith(name)));
  if (unknown.length > 0) {
    console.error(`npm run bench: expected names out of ${ids.join(", ")}; got ${unknown.join(", ")}`);
    return 1;
  }
  const counts = [1, 2].filter((n) => n <= cores);
  const most = Math.max(...counts);
  const field = {
    most,
    everyone: contestants(counts, python),
    more: contestants(
      [4, 8, 16].filter((n) => n <= cores),
      python,
    ).filter(({ stock }) => !stock),
  };
  const stop = () => {
    for (const contestant of [...field.everyone, ...field.more]) contestant.stop();
  };
  const interrupted = () => {
    stop();
    process.exit(130);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, interrupted);
  try {
    const report = await run(options, field);
    for (const line of goalsReached(report.rows, most)) console.log(line);
    if (json) writeWhole(json, `${JSON.stringify(report, undefined, 2)}\n`);
    const loads = `load ${report.before.load[0]} before, ${report.after.load[0]} after`;
    console.log(`${report.seconds} s; ${loads}${json ? `; written: ${json}` : ""}`);
    if (report.hurried.length > 0)
      console.log(`Few repetitions, for lack of time: ${report.hurried.join(", ")}`);
    if (quick) console.log("Quick: these times show that all works, and nothing more.");
    return 0;
  } finally {
    stop();
    for (const signal of ["SIGINT", "SIGTERM"]) process.removeListener(signal, interrupted);
  }
}

/** @param {Options} options */
async function run({ names, python, quick, resume }, { most, everyone, more }) {
  const wanted = ({ id }) => names.length === 0 || names.some((name) => id.startsWith(name));
  const key = digest(root, { quick, peers: Boolean(python) });
  const journal = new Journal(join(cache, "journal.json"), key, resume);
  const started = performance.now();
  const before = { at: new Date().toISOString(), load: load() };
  /** @type {import("./report.mjs").Result[]} */
  const results = [];
  const curves = [];
  const hurried = [];
  const timed = (row, all, share = 1) =>
    journal.once(row.id, () => {
      const late = !quick && performance.now() - started > 1000 * hurryAfter;
      if (late) hurried.push(row.id);
      const effort = quick || late ? swift : thorough;
      return measure(row, all, { ...effort, seconds: effort.seconds * share });
    });
  const show = (result) => {
    results.push(result);
    console.log(table(result));
  };

  for (const row of recurrentRows.filter(wanted))
    show({ ...row, operations: floatingPointOperations(row), entries: await timed(row, everyone) });
  for (const row of fitRows.filter(wanted))
    show({ ...row, entries: await timed(quick ? { ...row, steps: 2, stockSteps: 1 } : row, everyone) });
  if (wanted(first) || wanted(memory)) {
    const fresh = { first: firstRow, memory: memoryRow, repeat: quick ? 1 : 3 };
    const all = everyone.filter(({ threads }) => threads === most);
    const both = await journal.once("fresh", () => measureFresh(all, fresh));
    if (wanted(first)) show({ ...first, entries: both.first });
    if (wanted(memory)) show({ ...memory, entries: both.memory });
  }
  if (wanted({ id: "curve" })) {
    const fast = everyone.filter(({ stock }) => !stock);
    for (const row of [...curveRows, threadsRow]) {
      const all =
        row.curve === "threads" ? [...fast, ...more] : fast.filter(({ threads }) => threads === most);
      const points = pointsOf(row, await timed(row, all, 1 / 3));
      curves.push(...points);
      console.log(
        `${row.id}: ${points.map(({ engine, threads, ms }) => `${engine}/${threads} ${ms}`).join(", ")} ms`,
      );
    }
    const files = await drawCurves(curves, quick ? cache : join(root, "docs"));
    for (const file of files) console.log(`Drawn: ${relative(root, file)}`);
  }
  const versions = await versionsOf(everyone);
  const after = { at: new Date().toISOString(), load: load() };
  const seconds = Math.round((performance.now() - started) / 1000);
  const { resumed } = journal;
  journal.finish();
  const about = { machine: machine(), versions, before, after, seconds, quick, resumed, hurried };
  return { ...about, rows: results.flatMap(comparisons), absent: results.flatMap(absences), curves };
}

async function versionsOf(all) {
  const found = {};
  for (const contestant of all) {
    if (contestant.engine in found || !contestant.child || contestant.child.ended) continue;
    found[contestant.engine] = (await contestant.ask({ versions: true })).versions;
  }
  return found;
}
