import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { memoryOf } from "./memory.mjs";

const { startKernel } = createRequire(import.meta.url)("../../dist/jupyter/client.js");

/** An `idle` that has not come so many milliseconds after the reply is lost. */
const patience = 2_000;

/** How long a kernel may take to answer at all, in ms, and how often it is started: stock tslab sometimes never answers. */
const startTimeout = 20_000;
const startAttempts = 3;

/** A kernel's process and the one client that asks all kernels alike. Times are milliseconds as the client sees them. */
export class Session {
  /** @param {import("./kernels.mjs").Kernel} kernel */
  constructor(kernel) {
    this.kernel = kernel;
    /** @type {any} */
    this.client = undefined;
    /** When its process was started. */
    this.started = performance.now();
    /** Told of every message. @type {(message: any) => void} */
    this.listener = () => {};
    this.onReply = () => {};
    /** `idle` messages that have not come. */
    this.lost = 0;
  }

  /** @param {import("./kernels.mjs").Kernel} kernel @param {string} folder the kernel's working directory */
  static async start(kernel, folder) {
    for (let attempt = 1; ; attempt++)
      try {
        return await Session.#tryToStart(kernel, folder);
      } catch (error) {
        if (error.name !== "KernelTimeoutError" || attempt === startAttempts) throw error;
        console.warn(`${kernel.id} did not answer and is started again.`);
      }
  }

  static async #tryToStart(kernel, folder) {
    const session = new Session(kernel);
    const onMessage = (_channel, message) => {
      session.listener(message);
      if (message.header.msg_type === "execute_reply") session.onReply();
    };
    session.client = await startKernel({ argv: kernel.argv, cwd: folder, onMessage, startTimeout });
    return session;
  }

  /**
   * Runs a cell.
   *
   * @param {string} code
   * @returns {Promise<number>} the time until its reply and its `idle`; until its reply where the `idle` is lost
   * @throws {Error} where the cell fails
   */
  async run(code, timeout = 60_000) {
    const started = performance.now();
    const replied = new Promise((resolve) => {
      this.onReply = () => resolve(performance.now());
    });
    let over = false;
    const ended = this.client.execute(code, { timeout }).then(({ status, reply }) => {
      over = true;
      if (status === "ok") return performance.now();
      throw new Error(`${status} ${reply.evalue ?? ""}`);
    });
    const withoutIdle = replied.then(async (at) => {
      await sleep(patience, undefined, { ref: false });
      if (!over) this.lost++;
      return at;
    });
    try {
      return (await Promise.race([ended, withoutIdle])) - started;
    } catch (error) {
      throw new Error(`${this.kernel.label}: ${code}: ${error.message}`, { cause: error });
    }
  }

  /** @param {{ code: string, match: string }} completion @returns {Promise<number>} the time until its reply */
  async complete({ code, match }, timeout = 5_000) {
    const started = performance.now();
    const content = { code, cursor_pos: code.length };
    const { matches } = await this.client.request("complete_request", content, { timeout });
    const ms = performance.now() - started;
    if (!matches.some((text) => text.endsWith(match)))
      throw new Error(`${this.kernel.label}: no ${match} among the completions of ${code}`);
    return ms;
  }

  /** Interrupts as the kernel's kernelspec wants it; a signal goes to its process group, as Jupyter sends it. */
  interrupt() {
    if (this.kernel.interrupt === "signal") process.kill(-this.client.pid, "SIGINT");
    else this.client.interrupt().catch(() => {});
  }

  /** The memory of all its processes, in MB. */
  async memory() {
    await sleep(500);
    return memoryOf(this.client.pid);
  }

  /** Ends the kernel at once. */
  stop() {
    return this.client.kill();
  }
}

/**
 * Starts a session for each kernel, hands them over, and ends them, whatever happens.
 *
 * @template T
 * @param {{ kernels: import("./kernels.mjs").Kernel[], folder: string }} field
 * @param {(sessions: Session[]) => Promise<T>} use
 */
export async function withSessions({ kernels, folder }, use) {
  /** @type {Session[]} */
  const sessions = [];
  try {
    for (const kernel of kernels) sessions.push(await Session.start(kernel, folder));
    return await use(sessions);
  } finally {
    await Promise.all(sessions.map((session) => session.stop()));
  }
}

/** @template T @param {T[]} all @param {number} round @returns {T[]} A B C, C B A, …: what changes meanwhile touches all alike */
export const inTurn = (all, round) => (round % 2 ? [...all].reverse() : all);
