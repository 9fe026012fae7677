import { rmSync, writeFileSync } from "node:fs";
import type { Connection } from "../connection";
import { KernelDiedError, kernelOutput } from "./errors";
import { handshake } from "./handshake";
import { KernelProcess } from "./process";
import type { Requests } from "./requests";

/** What a kernel.json says about starting the kernel. */
export type KernelSpec = { argv: readonly string[]; env?: Record<string, string> };

/** How the kernel's process is started. */
export type LaunchOptions = ({ argv: readonly string[] } | { spec: KernelSpec }) & {
  /** The kernel's working directory; the client's own by default. */
  cwd?: string;
  /** Environment variables in addition to the client's own. */
  env?: Record<string, string>;
  /** Milliseconds until the kernel must answer; 60,000 by default. */
  startTimeout?: number;
};

const START_TIMEOUT = 60_000;
const SHUTDOWN_TIMEOUT = 5_000;
/** How long a kernel that was killed may still be answered for, in ms. */
const LAST_WORDS_MS = 1_000;

/**
 * Starts, restarts and ends a kernel's process, always on the same connection, and keeps the connection file. When the
 * process ends by itself, it rejects the requests that wait. (Jupyter calls this the kernel manager.)
 */
export class KernelManager {
  #process: KernelProcess | undefined;
  #ending = false;

  constructor(
    private readonly options: LaunchOptions,
    private readonly connection: Connection,
    private readonly connectionFile: string,
    private readonly requests: Requests,
  ) {}

  /** The id of the kernel's process, which must have been started. */
  get pid(): number {
    return this.#process!.pid;
  }

  get running(): boolean {
    return this.#process?.running ?? false;
  }

  /** Resolves when the kernel's process, which must have been started, has ended, with how. */
  get exited(): Promise<string> {
    return this.#process!.exited;
  }

  /** What the kernel's process wrote to its standard output and error. */
  get output(): string {
    return this.#process?.output ?? "";
  }

  /**
   * Writes the connection file, starts the process and waits until it answers.
   * @throws KernelDiedError, KernelTimeoutError
   */
  async start(): Promise<void> {
    const { cwd, env, startTimeout = START_TIMEOUT } = this.options;
    const spec: KernelSpec = "spec" in this.options ? this.options.spec : this.options;
    writeFileSync(this.connectionFile, JSON.stringify(this.connection, null, 1), { mode: 0o600, flag: "wx" });
    this.requests.reopen();
    this.#ending = false;
    const kernel = await KernelProcess.start({
      argv: spec.argv,
      connectionFile: this.connectionFile,
      cwd,
      env: { ...spec.env, ...env },
    });
    this.#process = kernel;
    void kernel.exited.then(async (how) => {
      // What the kernel's witness has to say comes after the kernel's end.
      if (!this.#ending && how.startsWith("signal")) await this.requests.settled(LAST_WORDS_MS);
      const wrote = this.#ending ? "" : kernelOutput(kernel.output);
      this.requests.fail(new KernelDiedError(`the kernel's process ended (${how})${wrote}`));
    });
    await handshake(this.requests, kernel, startTimeout);
  }

  /** Asks the kernel to end, kills it if it has not in time, and starts it anew. */
  async restart(): Promise<void> {
    await this.#askToEnd(true);
    await this.#process?.kill();
    await this.start();
  }

  /**
   * Asks the kernel to end, kills it if it has not in time, and removes the connection file.
   * @param restart what the kernel is told: whether it will be started again
   */
  async shutdown(restart: boolean): Promise<void> {
    await this.#askToEnd(restart);
    await this.kill();
  }

  /** Ends the kernel's process at once, removes the connection file and closes the connection. */
  async kill(): Promise<void> {
    this.#ending = true;
    await this.#process?.kill();
    rmSync(this.connectionFile, { force: true });
    this.requests.close();
  }

  async #askToEnd(restart: boolean): Promise<void> {
    this.#ending = true;
    if (!this.running) return;
    try {
      const options = { channel: "control", timeout: SHUTDOWN_TIMEOUT } as const;
      await this.requests.open("shutdown_request", { restart }, options).done;
    } catch {
      return; // it ended while answering, or does not answer: killed next
    }
    await Promise.race([this.exited, new Promise((late) => setTimeout(late, SHUTDOWN_TIMEOUT).unref())]);
  }
}
