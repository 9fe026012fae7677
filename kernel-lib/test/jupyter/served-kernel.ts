import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePorts } from "../../src/jupyter/client/ports";
import { Requests } from "../../src/jupyter/client/requests";
import { CHANNELS, readConnection } from "../../src/jupyter/connection";
import type { Json, Message } from "../../src/jupyter/protocol";
import { argv, emptyFolder } from "./kernel";
import { descendants, isAlive, processesWith } from "./processes";

/** Starts the kernel as a server does, and does nothing else. */
const SERVER = `const [command, ...words] = process.argv.slice(1);
const env = { ...process.env, JPY_PARENT_PID: process.pid };
require("node:child_process").spawn(command, words, { stdio: "ignore", detached: true, env });
setInterval(() => {}, 1000);`;

/** A kernel that another process, its server, has started, and a client of it. */
export class ServedKernel {
  readonly #folder = emptyFolder();
  readonly #temporary = join(this.#folder, "temporary");
  readonly #listeners = new Set<(message: Message) => void>();
  readonly server: ChildProcess;
  readonly requests: Requests;
  /** All processes that were ever seen. */
  readonly #seen = new Set<number>();

  private constructor(ports: readonly number[]) {
    const file = join(this.#folder, "connection.json");
    const fields = CHANNELS.map((channel, i) => [`${channel}_port`, ports[i]]);
    writeFileSync(file, JSON.stringify(Object.fromEntries(fields)));
    mkdirSync(this.#temporary);
    const command = argv.map((word) => word.replace("{connection_file}", file));
    this.server = spawn(process.execPath, ["-e", SERVER, ...command], {
      cwd: this.#folder,
      stdio: "ignore",
      env: { ...process.env, TMPDIR: this.#temporary },
    });
    this.requests = new Requests(
      readConnection(file),
      () => "",
      (channel, message) => {
        if (channel === "iopub") for (const listener of this.#listeners) listener(message);
      },
    );
  }

  /** A kernel that has executed a cell. */
  static async start(): Promise<ServedKernel> {
    const kernel = new ServedKernel(await freePorts(CHANNELS.length));
    try {
      await kernel.#answered();
      await kernel.execute("1");
    } catch (error) {
      kernel.end();
      throw error;
    }
    return kernel;
  }

  /** A kernel whose process has only just been started. */
  static async spawn(): Promise<ServedKernel> {
    const kernel = new ServedKernel(await freePorts(CHANNELS.length));
    while (kernel.processes().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    return kernel;
  }

  /** The kernel's own process. */
  get pid(): number {
    return this.processes()[0]!;
  }

  /** The kernel's process, and all that it has started. */
  processes(): number[] {
    const all = descendants(this.server.pid!);
    for (const pid of all) this.#seen.add(pid);
    return all;
  }

  /** What lives of the kernel and all that it has started, whoever is their parent now. */
  remaining(): number[] {
    const pids = processesWith("TMPDIR", this.#temporary).filter((pid) => pid !== this.server.pid);
    for (const pid of pids) this.#seen.add(pid);
    return pids;
  }

  /** What is left in the folder for temporary files. */
  temporaryFiles(): string[] {
    return readdirSync(this.#temporary);
  }

  async execute(code: string): Promise<Json> {
    return (await this.requests.open("execute_request", { code }, { timeout: 20_000 }).done).content;
  }

  /** Starts a cell that does not end, and waits until it runs. */
  async begin(code: string): Promise<void> {
    const begun = this.published(({ header, content }) => {
      return header.msg_type === "stream" && String(content.text).startsWith("begun");
    });
    this.#start(`console.log("begun"); ${code}`);
    await begun;
  }

  /** Starts a cell, and waits until it has stopped at its second line. */
  async pause(): Promise<void> {
    const code = "let first = 1;\nlet second = 2;\nfor (;;);";
    await this.#debug("initialize", { clientID: "test", linesStartAt1: true });
    await this.#debug("attach");
    const { sourcePath } = (await this.#debug("dumpCell", { code })) as { sourcePath: string };
    await this.#debug("setBreakpoints", { source: { path: sourcePath }, breakpoints: [{ line: 2 }] });
    const stopped = this.published(({ header, content }) => {
      return header.msg_type === "debug_event" && content.event === "stopped";
    });
    this.#start(code);
    await stopped;
  }

  /** Resolves with the next message on iopub that is as it must be. */
  published(isWanted: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve) => {
      const listener = (message: Message): void => {
        if (!isWanted(message)) return;
        this.#listeners.delete(listener);
        resolve(message);
      };
      this.#listeners.add(listener);
    });
  }

  /** Ends what still runs, and removes the folder. */
  end(): void {
    this.requests.close();
    if (isAlive(this.server.pid!)) this.processes();
    for (const pid of [...this.#seen, this.server.pid!].filter(isAlive)) process.kill(pid, "SIGKILL");
    rmSync(this.#folder, { recursive: true });
  }

  #start(code: string): void {
    this.requests.open("execute_request", { code, allow_stdin: true }).done.catch(() => {});
  }

  async #debug(command: string, args: Json = {}): Promise<Json> {
    const content = { type: "request", seq: 1, command, arguments: args };
    const reply = await this.requests.open("debug_request", content, { channel: "control", timeout: 20_000 })
      .done;
    return reply.content.body as Json;
  }

  /** A subscription to iopub takes effect a little after the first request. */
  async #answered(): Promise<void> {
    for (let attempt = 1; ; attempt++)
      try {
        await this.requests.open("kernel_info_request", {}, { timeout: 1000 }).done;
        return;
      } catch (error) {
        if (attempt === 20) throw error;
      }
  }
}
