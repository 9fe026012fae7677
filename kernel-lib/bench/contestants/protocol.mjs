import { createInterface } from "node:readline";

/**
 * A contestant's main loop: one JSON request a line on standard input, one JSON reply a line on standard output.
 * A row is built, and run once or more to warm up, when it first comes; `repeat: 0` asks for no more than that.
 *
 * @typedef {object} Contestant
 * @property {(row: any) => any} prepare builds a row; returns undefined for one that it has nothing for
 * @property {() => Record<string, string>} versions
 *
 * @param {Contestant} contestant `prepare` gives a function that runs the row once and returns, or resolves to, milliseconds (a step)
 */
export async function serve({ prepare, versions }) {
  console.log = console.info = console.debug = console.error;
  let prepared = { id: undefined, run: undefined };
  const answers = {
    async run({ run: row, repeat }) {
      if (row.id !== prepared.id) {
        prepared = { id: undefined, run: undefined };
        prepared = { id: row.id, run: await prepare(row) };
      }
      const { run } = prepared;
      if (!run) return { absent: "not offered" };
      const ms = [];
      for (let k = 0; k < repeat; k++) ms.push(await run());
      return { ms };
    },
    memory: () => ({ mebibytes: process.resourceUsage().maxRSS / 1024 }),
    versions: () => ({ versions: versions() }),
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    const answer = Object.keys(answers).find((name) => name in request);
    let reply;
    try {
      reply = await answers[answer](request);
    } catch (error) {
      reply = { error: String(error?.message ?? error).split("\n")[0] };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
  process.exit(0);
}

/** Milliseconds of one call. */
export function timed(f) {
  const started = performance.now();
  f();
  return performance.now() - started;
}

/** `length` numbers on [−1, 1), the same in every run. */
export function numbers(length, seed = 1) {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Whole numbers below `size` from numbers on [−1, 1). */
export const tokensOf = (values, size) =>
  Int32Array.from(values, (v) => Math.min(size - 1, Math.floor(((v + 1) / 2) * size)));
