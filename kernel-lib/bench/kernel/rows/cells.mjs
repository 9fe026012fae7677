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

/** A thousand cells that declare: do they become slower, and how much memory do they take? @type {import("../bench.mjs").Row} */
export const growth = {
  id: "growth",
  run: (field, { growth: cells }, add) =>
    withSessions(field, async (sessions) => {
      const hundred = cells / 10;
      /** @type {Map<import("../kernels.mjs").Kernel, { ms: number[], before: number | undefined }>} */
      const all = new Map();
      for (const session of sessions) {
        await warmUp(session);
        all.set(session.kernel, { ms: [], before: await session.memory() });
      }
      for (let round = 0; round < 10; round++)
        for (const session of inTurn(sessions, round))
          for (let i = round * hundred; i < (round + 1) * hundred; i++)
            all.get(session.kernel)?.ms.push(await session.run(session.kernel.language.declaring(i)));
      for (const session of sessions) {
        const { ms = [], before } = all.get(session.kernel) ?? {};
        const ratio = median(ms.slice(-hundred)) / median(ms.slice(0, hundred));
        add("1,000 cells: last 100 / first 100", session.kernel, "×", ratio);
        const after = await session.memory();
        add("1,000 cells: growth", session.kernel, "MB", after === undefined ? after : after - (before ?? 0));
      }
    }),
};

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
