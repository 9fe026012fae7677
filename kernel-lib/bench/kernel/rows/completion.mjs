import { setTimeout as sleep } from "node:timers/promises";
import { inTurn, withSessions } from "../session.mjs";

/** A kernel that has not answered after so many milliseconds answers when the cell has ended. */
const limit = 1_000;
const busySeconds = 1.5;

/** Completion of a variable's method, idle and while a cell computes. @type {import("../bench.mjs").Row} */
export const completion = {
  id: "completion",
  run: (field, { completions }, add) =>
    withSessions(field, async (sessions) => {
      for (const { client, kernel } of sessions) await client.execute(kernel.language.completion.declare);
      for (const session of sessions)
        for (let i = 0; i < 5; i++) await session.complete(session.kernel.language.completion);
      for (let round = 0; round < 5; round++)
        for (const session of inTurn(sessions, round)) {
          const { language } = session.kernel;
          for (let i = 0; i < completions / 5; i++)
            add("completion", session.kernel, "ms", await session.complete(language.completion));
        }
      for (const session of sessions) await whileBusy(session, completions, add);
    }),
};

async function whileBusy(session, completions, add) {
  const { kernel } = session;
  const name = "completion while a cell runs";
  for (let taken = 0; taken < completions; ) {
    const running = session.client.execute(kernel.language.busy(busySeconds));
    await sleep(100);
    const until = performance.now() + 1000 * (busySeconds - 0.3);
    while (performance.now() < until && taken < completions) {
      const ms = await session.complete(kernel.language.completion, limit).catch(() => undefined);
      add(name, kernel, "ms", ms);
      taken = ms === undefined ? completions : taken + 1;
      await sleep(10);
    }
    await running;
  }
}
