import { contentOf } from "./stamp.mjs";

const nameWidth = 24;
const everyMs = { terminal: 500, plain: 20_000 };

/**
 * Shows the set-up as it goes: a line a step with its time; on a terminal the current line is alive, elsewhere a long step says now and
 * then that it is still at work.
 * @param {NodeJS.WriteStream} out
 * @returns {import("./runner.mjs").Reporter}
 */
export function createReporter(out = process.stdout) {
  const live = out.isTTY === true;
  let begun = false;
  const write = (text, sameLine = false) => {
    if (live) out.write("\r\u001b[K");
    out.write(sameLine ? text : `${text}\n`);
  };
  return {
    waiting: (pids) =>
      write(`Another set-up is at work here (process ${pids.join(", ")}). Waiting for it to end…`),
    begin(step) {
      if (!begun)
        write(
          "Setting up what is missing. It can be cut off at any time; the next start goes on from there.",
        );
      begun = true;
      const started = performance.now();
      const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(8);
      const head = `  ${step.padEnd(nameWidth)}`;
      let log = "";
      const beat = () => {
        const progress = lastLine(log).slice(0, Math.max(0, (out.columns ?? 100) - nameWidth - 14));
        write(`${head}${seconds()}  ${progress}`, live);
      };
      if (live) beat();
      const timer = setInterval(beat, live ? everyMs.terminal : everyMs.plain);
      const finish = (mark, remark) => {
        clearInterval(timer);
        write(`${mark} ${step.padEnd(nameWidth)}${seconds()}${remark ? `  ${remark}` : ""}`);
      };
      return {
        follow: (file) => {
          log = file;
        },
        done: (remark) => finish("✓", remark),
        failed: () => finish("✗", "missing, see below"),
      };
    },
    end: (seconds) => begun && write(`Set up in ${seconds.toFixed(1)} s.\n`),
  };
}

/** What a command printed last. */
function lastLine(file) {
  const lines = file ? contentOf(file).split(/[\r\n]+/) : [];
  return (
    lines
      .filter((line) => line.trim())
      .at(-1)
      ?.trim() ?? ""
  );
}

/**
 * Says, each once, what is missing.
 * @param {Map<string, Error>} problems by step, as `setUp` returns them
 * @returns {boolean} whether anything is
 */
export function tellProblems(problems) {
  const messages = new Set([...problems.values()].map((problem) => problem.message));
  for (const message of messages) console.error(message);
  return messages.size > 0;
}
