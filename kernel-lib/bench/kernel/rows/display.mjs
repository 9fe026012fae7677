import { setTimeout as sleep } from "node:timers/promises";
import { inTurn, withSessions } from "../session.mjs";

const bytes = 50_000_000;

/** What has not come so many milliseconds after the cell's end never will. */
const patience = 10_000;

/** Shows 50 MB of text, until the client has it and the cell has ended. @type {import("../bench.mjs").Row} */
export const display = {
  id: "display",
  run: (field, { displays }, add) =>
    withSessions(field, async (sessions) => {
      for (let round = 0; round < displays; round++)
        for (const session of inTurn(sessions, round)) {
          const ms = await show(session);
          add("display of 50 MB", session.kernel, "MB/s", ms && bytes / 1e6 / (ms / 1e3));
        }
    }),
};

/** @returns {Promise<number | undefined>} the time, undefined where it does not arrive whole */
async function show(session) {
  const arrived = new Promise((resolve) => {
    session.listener = ({ content }) => {
      if (content.data?.["text/plain"]?.length === bytes) resolve(true);
    };
  });
  const started = performance.now();
  await session.run(session.kernel.language.display(bytes));
  const shown = await Promise.race([arrived, sleep(patience, false)]);
  return shown ? performance.now() - started : undefined;
}
