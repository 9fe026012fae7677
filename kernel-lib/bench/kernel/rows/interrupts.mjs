import { setTimeout as sleep } from "node:timers/promises";
import { Session } from "../session.mjs";

/** What has not stopped after so many milliseconds never will. */
const limit = 3_000;
/** From the cell's start until the interrupt: by then it is compiled and runs. Ours is asked a thousand times, and is quick. */
const settle = { ours: 30, others: 300 };

const kinds = {
  loop: "interrupt: loop",
  print: "interrupt: printing loop",
  await: "interrupt: pending await",
  afterAwait: "interrupt: loop after await",
};

/** Interrupts of one kind, in a row in one kernel. @type {import("../bench.mjs").Row[]} */
export const interrupts = Object.entries(kinds).map(([kind, name]) => ({
  id: `interrupt-${kind}`,
  async run(field, effort, add) {
    for (const kernel of field.kernels) {
      const times = kernel.ours ? effort.interrupts : effort.othersInterrupts;
      const wait = kernel.ours ? settle.ours : settle.others;
      const session = await Session.start(kernel, field.folder);
      try {
        await session.run(kernel.language.trivial(1));
        for (let i = 0; i < times; i++) {
          const ms = await interrupt(session, kernel.language.endless[kind], wait + (i % 10));
          add(name, kernel, "ms", ms);
          if (ms === undefined) break;
          // tslab skips what comes right after a cell that failed.
          if (!kernel.ours) await sleep(wait);
          await session.run(kernel.language.trivial(i), limit);
        }
      } catch {
        add(name, kernel, "ms", undefined); // it no longer runs cells
      } finally {
        await session.stop();
      }
    }
  },
}));

/** @returns {Promise<number | undefined>} the time until the cell has ended; undefined where it has not */
async function interrupt(session, code, wait) {
  const busy = new Promise((resolve) => {
    session.listener = ({ header, content }) => {
      if (header.msg_type === "status" && content.execution_state === "busy") resolve(undefined);
    };
  });
  const ended = session.client.execute(code, { timeout: 2 * limit }).then(
    () => true,
    () => false,
  );
  await busy;
  await sleep(wait);
  const started = performance.now();
  session.interrupt();
  const stopped = await Promise.race([ended, sleep(limit, false)]);
  return stopped ? performance.now() - started : undefined;
}
