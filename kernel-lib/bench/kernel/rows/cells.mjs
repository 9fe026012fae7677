import { median } from "../../statistics.mjs";
import { inTurn, withSessions } from "../session.mjs";

/** Trivial cells, each another one. @type {import("../bench.mjs").Row} */
export const trivial = {
  id: "trivial",
  run: (field, { cells }, add) =>
    withSessions(field, async (sessions) => {
      for (const session of sessions) await warmUp(session);
      await rounds(sessions, cells, (kernel, ms) => add("trivial cell", kernel, "ms", ms));
      for (const { kernel, lost } of sessions) add("trivial cell: idle lost", kernel, "messages", lost);
    }),
};

/** The same after tfjs was imported. @type {import("../bench.mjs").Row} */
export const trivialAfterTf = {
  id: "tfjs",
  run: (field, { cells }, add) => {
    const kernels = field.kernels.filter(({ language }) => language.importTf !== "");
    return withSessions({ ...field, kernels }, async (sessions) => {
      for (const session of sessions) {
        await session.run(session.kernel.language.importTf);
        await warmUp(session);
      }
      await rounds(sessions, cells, (kernel, ms) => add("trivial cell after tfjs", kernel, "ms", ms));
    });
  },
};

/**
 * A thousand cells that declare, one after the other: do they become slower, and how much memory do they take?
 *
 * @type {import("../bench.mjs").Row}
 */
export const growth = {
  id: "growth",
  run: async (field, { growth: cells, growthRounds }, add) => {
    for (let round = 0; round < growthRounds; round++)
      for (const kernel of field.kernels)
        await withSessions({ ...field, kernels: [kernel, kernel] }, (pair) => grow(pair, cells, add));
  },
};

/**
 * The last hundred cells take turns with the first hundred of a kernel just started, so that a machine which changes its pace
 * meanwhile changes both.
 */
async function grow(pair, cells, add) {
  const [session, fresh] = pair;
  const hundred = cells / 10;
  await warmUp(session);
  const before = await session.memory();
  await declare(session, 0, cells - hundred);
  await warmUp(fresh);
  const last = [];
  const first = [];
  for (let done = 0; done < hundred; done += hundred / 10) {
    const from = cells - hundred + done;
    last.push(...(await declare(session, from, from + hundred / 10)));
    first.push(...(await declare(fresh, done, done + hundred / 10)));
  }
  add("1,000 cells: last 100 / first 100", session.kernel, "×", median(last) / median(first));
  const after = await session.memory();
  add("1,000 cells: growth", session.kernel, "MB", after === undefined ? after : after - (before ?? 0));
}

/** Runs the declaring cells of these numbers. @returns {Promise<number[]>} their times */
async function declare(session, from, to) {
  const times = [];
  for (let i = from; i < to; i++) times.push(await session.run(session.kernel.language.declaring(i)));
  return times;
}

/** Code that runs for the first time is slower; that is another row. */
async function warmUp(session) {
  for (let i = 0; i < 10; i++) await session.run(session.kernel.language.trivial(-i - 1));
}

async function rounds(sessions, cells, tell) {
  const perRound = Math.ceil(cells / 10);
  for (let round = 0; round < 10; round++)
    for (const session of inTurn(sessions, round))
      for (let i = round * perRound; i < (round + 1) * perRound; i++)
        tell(session.kernel, await session.run(session.kernel.language.trivial(i)));
}
