import { setTimeout as sleep } from "node:timers/promises";
import { inTurn, Session } from "../session.mjs";

/** After so many milliseconds without a line the rest is lost. */
const patience = 3_000;

/** Lines that a cell prints: how many arrive, how many of them too late, and in what time. @type {import("../bench.mjs").Row} */
export const lines = {
  id: "lines",
  async run(field, { lineCounts, lineRounds }, add) {
    for (let round = 0; round < lineRounds; round++)
      for (const kernel of inTurn(field.kernels, round))
        for (const count of lineCounts) {
          const session = await Session.start(kernel, field.folder);
          try {
            await session.run(kernel.language.trivial(1));
            const { arrived, late, ms } = await print(session, count);
            const name = `${count.toLocaleString("en")} lines`;
            add(`${name}: arrived`, kernel, "lines", arrived);
            add(`${name}: after idle`, kernel, "lines", late);
            add(`${name}: time`, kernel, "ms", arrived === count ? ms : undefined);
          } finally {
            await session.stop();
          }
        }
  },
};

/** @param {Session} session @param {number} count */
async function print(session, count) {
  let arrived = 0;
  let late = 0;
  let idle = false;
  const started = performance.now();
  let last = started;
  let idleAt = started;
  session.listener = ({ header, content }) => {
    last = performance.now();
    if (header.msg_type === "stream") {
      const here = content.text.split("\n").length - 1;
      arrived += here;
      if (idle) late += here;
    } else if (header.msg_type === "status" && content.execution_state === "idle") {
      idle = true;
      idleAt = last;
    }
  };
  // A kernel that loses its `idle` never ends the cell.
  session.client.execute(session.kernel.language.lines(count)).catch(() => {});
  while (!(idle && arrived >= count) && performance.now() - last < patience) await sleep(1);
  return { arrived, late, ms: Math.max(last, idleAt) - started };
}
