import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { ClientChannel, RequestChannel } from "./client/channels";
import { kernelOutput } from "./client/errors";
import { PORT_TAKEN } from "./client/handshake";
import { KernelManager, type LaunchOptions } from "./client/manager";
import { freePorts } from "./client/ports";
import type { RequestListener } from "./client/request";
import { Requests } from "./client/requests";
import { CHANNELS, type Connection } from "./connection";
import type { HistoryRequest, Json, Message } from "./protocol";

export { KernelDiedError, KernelTimeoutError } from "./client/errors";
export type { KernelSpec } from "./client/manager";

export type StartOptions = LaunchOptions & {
  /** Folder of the connection file; the system's temporary folder by default. */
  connectionDir?: string;
  /** Given every message of the kernel, also those that nobody asked for or that come after their request's end. */
  onMessage?: (channel: ClientChannel, message: Message) => void;
};

export type ExecuteOptions = RequestListener & {
  silent?: boolean;
  storeHistory?: boolean;
  /** Whether the code may ask for input; by default, whether `onInput` is given. */
  allowStdin?: boolean;
  stopOnError?: boolean;
  userExpressions?: Record<string, string>;
  /** Milliseconds; without limit by default. */
  timeout?: number;
};

export type Execution = {
  status: "ok" | "error" | "aborted";
  executionCount: number | null;
  /** Every message on iopub that the code caused, in order, without `status` and `execute_input`. */
  outputs: Message[];
  /** Content of the execute_reply. */
  reply: Json;
};

const REQUEST_TIMEOUT = 30_000;
const START_ATTEMPTS = 3;

/**
 * Starts a kernel and connects to it.
 * @example const kernel = await startKernel({ argv: ["node", "main.js", "--connection-file", "{connection_file}"] });
 * @throws KernelDiedError when it ends instead of answering, KernelTimeoutError when it does not answer;
 * both carry what the kernel wrote to its standard output and error.
 */
export async function startKernel(options: StartOptions): Promise<KernelClient> {
  for (let attempt = 1; ; attempt++)
    try {
      return await KernelClient.start(options);
    } catch (error) {
      if (attempt === START_ATTEMPTS || !PORT_TAKEN.test((error as Error).message)) throw error;
    }
}

/** A running kernel: requests by the Jupyter messaging protocol, each resolved when its reply and its `idle` have come. */
export class KernelClient {
  readonly #requests: Requests;
  readonly #manager: KernelManager;

  private constructor(
    readonly options: StartOptions,
    readonly connection: Connection,
    readonly connectionFile: string,
  ) {
    this.#requests = new Requests(
      connection,
      () => kernelOutput(this.processOutput),
      options.onMessage ?? (() => {}),
    );
    this.#manager = new KernelManager(options, connection, connectionFile, this.#requests);
  }

  /** One attempt to start a kernel; {@link startKernel} tries again when a port was taken in the meantime. */
  static async start(options: StartOptions): Promise<KernelClient> {
    const ports = await freePorts(CHANNELS.length);
    const connection = {
      transport: "tcp",
      ip: "127.0.0.1",
      key: randomUUID(),
      signature_scheme: "hmac-sha256",
      ...Object.fromEntries(CHANNELS.map((channel, i) => [`${channel}_port`, ports[i]])),
    } as Connection;
    const file = resolve(join(options.connectionDir ?? tmpdir(), `kernel-${randomUUID()}.json`));
    const client = new KernelClient(options, connection, file);
    try {
      await client.#manager.start();
      return client;
    } catch (error) {
      await client.kill();
      throw error;
    }
  }

  /** The kernel's process id. */
  get pid(): number {
    return this.#manager.pid;
  }

  get running(): boolean {
    return this.#manager.running;
  }

  /** Resolves when the kernel's process has ended, with how: `exit code 0`, `signal SIGKILL`. */
  get exited(): Promise<string> {
    return this.#manager.exited;
  }

  /** What the kernel's process wrote outside of the protocol: its own standard output and error. */
  get processOutput(): string {
    return this.#manager.output;
  }

  /** Runs `code`. A failing cell is a result with status "error"; only a dead or silent kernel rejects. */
  async execute(code: string, options: ExecuteOptions = {}): Promise<Execution> {
    const {
      silent = false,
      storeHistory = !silent,
      stopOnError = true,
      userExpressions = {},
      timeout,
    } = options;
    const { allowStdin = options.onInput !== undefined } = options;
    const content = {
      code,
      silent,
      store_history: storeHistory,
      user_expressions: userExpressions,
      allow_stdin: allowStdin,
      stop_on_error: stopOnError,
    };
    const pending = this.#requests.open("execute_request", content, { timeout, listener: options });
    const { content: reply } = await pending.done;
    const { status, execution_count } = reply as { status: string; execution_count?: number | null };
    return {
      status: status === "ok" || status === "error" ? status : "aborted",
      executionCount: execution_count ?? null,
      outputs: pending.outputs,
      reply,
    };
  }

  /** Sends a request and gives the content of its reply. `timeout` in milliseconds, 30,000 by default. */
  async request(
    msgType: `${string}_request`,
    content: Json = {},
    { channel = "shell" as RequestChannel, timeout = REQUEST_TIMEOUT } = {},
  ): Promise<Json> {
    return (await this.#requests.open(msgType, content, { channel, timeout }).done).content;
  }

  kernelInfo(): Promise<Json> {
    return this.request("kernel_info_request");
  }

  /** `cursor` counts code points, as in the protocol; the end of the code by default. */
  complete(code: string, cursor = [...code].length): Promise<Json> {
    return this.request("complete_request", { code, cursor_pos: cursor });
  }

  inspect(code: string, cursor = [...code].length, detail: 0 | 1 = 0): Promise<Json> {
    return this.request("inspect_request", { code, cursor_pos: cursor, detail_level: detail });
  }

  isComplete(code: string): Promise<Json> {
    return this.request("is_complete_request", { code });
  }

  history(query: HistoryRequest = {}): Promise<Json> {
    return this.request("history_request", {
      hist_access_type: "tail",
      output: false,
      raw: true,
      n: 10,
      ...query,
    });
  }

  /** Stops what runs, by an interrupt_request on the control channel. */
  interrupt(): Promise<Json> {
    return this.request("interrupt_request", {}, { channel: "control" });
  }

  /** Sends a message that has no reply, such as `comm_open`, and gives what it caused on iopub until its `idle`. */
  async notify(msgType: string, content: Json, timeout = REQUEST_TIMEOUT): Promise<Message[]> {
    const pending = this.#requests.open(msgType, content, { timeout });
    pending.replied(pending.message);
    await pending.done;
    return pending.outputs;
  }

  /** Sends frames as they are, signed or not: what a broken or hostile client might send. */
  sendFrames(channel: RequestChannel, frames: Buffer[]): Promise<void> {
    return this.#requests.sendFrames(channel, frames);
  }

  /**
   * Asks the kernel to end, kills it if it has not within 5 s, and removes the connection file.
   * @param restart what the kernel is told: whether it will be started again
   */
  shutdown(restart = false): Promise<void> {
    return this.#manager.shutdown(restart);
  }

  /** Ends the kernel's process and starts it anew on the same connection; what waits for an answer is rejected. */
  restart(): Promise<void> {
    return this.#manager.restart();
  }

  /** Ends the kernel's process, and all that it started, at once. */
  kill(): Promise<void> {
    return this.#manager.kill();
  }
}
