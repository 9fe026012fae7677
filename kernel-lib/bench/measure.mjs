/**
 * @typedef {import("./contestants.mjs").Contestant} Contestant
 * @typedef {import("./rows.mjs").Row} Row
 * @typedef {{ engine: string, threads: number, ms?: number[], absent?: string }} Times
 * @typedef {{ seconds: number, rounds: number, least: number, most: number }} Effort seconds for each contestant and row, in
 *   rounds; at least and at most so many repetitions
 */

/** @type {Effort} */
export const thorough = { seconds: 0.8, rounds: 5, least: 3, most: 100 };
/** @type {Effort} */
export const swift = { seconds: 0.05, rounds: 2, least: 2, most: 4 };

/**
 * Times a row: the contestants take turns, forth and back (A B C, C B A, …), so that what changes on the machine meanwhile
 * touches all alike. In the first round each builds the row, warms up and runs it once. One that fails is left out with its reason.
 *
 * @param {Row} row
 * @param {Contestant[]} all
 * @param {Effort} effort
 * @returns {Promise<Times[]>}
 */
export async function measure(row, all, effort) {
  const entries = all.map((contestant) => ({
    contestant,
    ms: /** @type {number[]} */ ([]),
    count: 1,
    absent: "",
  }));
  for (let round = 0; round < effort.rounds; round++)
    for (const entry of round % 2 ? [...entries].reverse() : entries) {
      const { contestant, ms, count } = entry;
      const upTo = (r) => Math.floor(((count - 1) * r) / (effort.rounds - 1));
      const repeat = round === 0 ? 1 : upTo(round) - upTo(round - 1);
      if (entry.absent || repeat === 0) continue;
      try {
        ms.push(...(await runs(contestant, row, repeat)));
        if (round === 0) entry.count = repetitions(contestant, row, ms[0], effort);
      } catch (error) {
        entry.absent = error.message;
      }
    }
  return entries.map(({ contestant, ms, absent }) => ({
    ...who(contestant),
    ...(absent ? { absent } : { ms }),
  }));
}

/** How often a row is run that takes so many milliseconds (a step). */
function repetitions({ stock }, row, ms, { seconds, least, most }) {
  const steps = "steps" in row ? (stock ? row.stockSteps : row.steps) : 1;
  const enough = Math.round((seconds * 1000) / (ms * steps));
  return Math.min(most, Math.max(stock ? Math.ceil(least / 2) : least, enough));
}

async function runs(contestant, row, repeat) {
  if (contestant.unfit) throw new Error(contestant.unfit);
  const started = contestant.child && !contestant.child.ended;
  try {
    const { ms, absent } = await contestant.ask({ run: row, repeat });
    if (absent) throw new Error(absent);
    return ms;
  } catch (error) {
    // A process that ends at its very first request would end at each.
    if (!started && contestant.child?.ended) contestant.unfit = error.message;
    throw error;
  }
}

/**
 * A fresh process's time from its start to its first result, and its memory after ten training steps.
 *
 * @param {Contestant[]} all
 * @param {{ first: Row, memory: Row, repeat: number }} rows
 * @returns {Promise<{ first: Times[], memory: (Omit<Times, "ms"> & { mebibytes?: number[] })[] }>}
 */
export async function measureFresh(all, { first, memory, repeat }) {
  const results = all.map((contestant) => ({
    contestant,
    firstMs: /** @type {number[]} */ ([]),
    mebibytes: /** @type {number[]} */ ([]),
    absent: "",
  }));
  for (let k = 0; k < repeat; k++)
    for (const result of results) {
      if (result.absent) continue;
      const child = result.contestant.start();
      try {
        await child.ask({ run: first, repeat: 0 });
        result.firstMs.push(performance.now() - child.started);
        await child.ask({ run: memory, repeat: 10 });
        result.mebibytes.push((await child.ask({ memory: true })).mebibytes);
      } catch (error) {
        result.absent = error.message;
      } finally {
        child.stop();
      }
    }
  const outcome = (result, value) => ({
    ...who(result.contestant),
    ...(result.absent ? { absent: result.absent } : value),
  });
  return {
    first: results.map((result) => outcome(result, { ms: result.firstMs })),
    memory: results.map((result) => outcome(result, { mebibytes: result.mebibytes })),
  };
}

const who = ({ engine, threads }) => ({ engine, threads });
