import type { KernelClient } from "../../../src/jupyter/client";
import { rng } from "../../../src/math/random";
import { corpus, fuzzedCell } from "./cells";

/** A cell that runs for longer is interrupted. */
const PATIENCE_MS = 400;
const ANSWER_MS = 60_000;
const CHECK_EVERY = 50;

/** What became of the cells, and the slowest answer in ms. */
export type CellTally = { sent: number; ok: number; error: number; interrupted: number; slowest: number };

/** Executes `count` broken cells, one after the other. Throws an error that shows the cell which the kernel did not survive. */
export async function fuzzCells(
  client: KernelClient,
  { seed, count }: { seed: number; count: number },
): Promise<CellTally> {
  const random = rng(seed);
  const cells = corpus();
  const tally = { sent: 0, ok: 0, error: 0, interrupted: 0, slowest: 0 };
  for (; tally.sent < count; tally.sent++) {
    const code = fuzzedCell(random, cells);
    const started = performance.now();
    const interrupts: Promise<unknown>[] = [];
    const timer = setInterval(() => interrupts.push(client.interrupt()), PATIENCE_MS);
    try {
      const { status } = await client.execute(code, {
        stopOnError: false,
        timeout: ANSWER_MS,
        allowStdin: false,
      });
      clearInterval(timer);
      await Promise.all(interrupts);
      if (interrupts.length > 0) tally.interrupted++;
      else tally[status === "ok" ? "ok" : "error"]++;
      const took = performance.now() - started;
      if (took > tally.slowest) {
        tally.slowest = took;
        if (took > 3000) console.log(`${tally.sent}: ${took} ms: ${JSON.stringify(code.slice(0, 3000))}`);
      }
      if (tally.sent % CHECK_EVERY === CHECK_EVERY - 1) await check(client);
    } catch (error) {
      throw new Error(
        `fuzzCells: seed ${seed}, cell ${tally.sent}: ${(error as Error).message}\n${JSON.stringify(code.slice(0, 5000))}`,
        { cause: error },
      );
    } finally {
      clearInterval(timer);
    }
  }
  return tally;
}

/** The kernel still adds. */
async function check(client: KernelClient): Promise<void> {
  const { outputs, reply } = await client.execute("1 + 1", { timeout: ANSWER_MS });
  const result = outputs.find(({ header }) => header.msg_type === "execute_result");
  const shown = (result?.content.data as Record<string, unknown> | undefined)?.["text/plain"];
  if (shown !== "2") throw new Error(`1 + 1: expected 2, got ${JSON.stringify(shown ?? reply)}`);
}
