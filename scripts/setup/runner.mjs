import { join } from "node:path";
import { acquireLock } from "./lock.mjs";
import { localCache } from "./paths.mjs";
import { Problem } from "./problem.mjs";

/**
 * One step of the set-up.
 * @typedef {object} Step
 * @property {string} name what it provides, as shown to people
 * @property {string[]} [needs] names of steps without which this one cannot run
 * @property {() => boolean} upToDate whether there is nothing to do; fast, changes nothing
 * @property {(context: Context) => Promise<string | void>} run does the work; may be cut off anywhere and run again; returns a remark
 *
 * @typedef {object} Context
 * @property {{ add(pid: number): void, remove(pid: number): void }} lock for `execute`
 * @property {(log: string) => void} follow names the log whose last line shows the progress
 *
 * @typedef {object} Reporter
 * @property {(pids: number[]) => void} waiting
 * @property {(step: string) => { follow(log: string): void, done(remark?: string): void, failed(problem: Problem): void }} begin
 * @property {(seconds: number, count: number) => void} end
 */

/**
 * Brings everything up to date: runs, in order, the steps that have something to do. A step that fails keeps only those that need it from running.
 * @param {Step[]} steps
 * @param {Reporter} reporter
 * @param {string} lockFile
 * @returns {Promise<Map<string, Problem>>} the steps that are missing, and why; empty when all is well
 */
export async function setUp(steps, reporter, lockFile = join(localCache, "setup.lock")) {
  const problems = new Map();
  if (steps.every((step) => step.upToDate())) return problems;
  const started = performance.now();
  const lock = await acquireLock(lockFile, reporter.waiting);
  let count = 0;
  try {
    for (const step of steps) {
      const blocker = step.needs?.find((name) => problems.has(name));
      if (blocker) {
        problems.set(step.name, problems.get(blocker));
        continue;
      }
      if (step.upToDate()) continue;
      count++;
      const line = reporter.begin(step.name);
      try {
        line.done((await step.run({ lock, follow: line.follow })) || undefined);
      } catch (error) {
        const problem =
          error instanceof Problem
            ? error
            : new Problem({
                what: `${step.name}: ${error.message}.`,
                todo: "Start again; if it fails again, please report it.",
              });
        problems.set(step.name, problem);
        line.failed(problem);
      }
    }
  } finally {
    lock.release();
  }
  reporter.end((performance.now() - started) / 1000, count);
  return problems;
}
