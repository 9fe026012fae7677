import { type ChildProcess, spawn } from "node:child_process";

/** Thrown to every caller that waits for a language server which ended, or did not answer in time. */
export class LanguageServerError extends Error {
  override name = "LanguageServerError";
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Message {
  id?: number | string;
  method?: string;
  result?: unknown;
  error?: { code: number; message: string };
}

/**
 * A language server in a process of its own, spoken to by JSON-RPC over its standard streams.
 *
 * The server ends by itself when its standard input closes, so it can't outlive the kernel.
 */
export class LanguageServer {
  private readonly process: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  /** What was received and is not read yet: its pieces, their length, and the length that a whole message needs. */
  private chunks: Buffer[] = [];
  private unread = 0;
  private needed = 0;
  private ended: LanguageServerError | undefined;
  /** What is to be told when the server ends, beside those who wait for an answer. */
  private readonly dependents = new Set<(error: LanguageServerError) => void>();

  /**
   * Starts the server.
   *
   * @param executable path of the program
   * @param env all its environment variables
   * @param timeout milliseconds after which a request that was not answered ends the server
   */
  constructor(
    executable: string,
    args: readonly string[],
    cwd: string,
    env: NodeJS.ProcessEnv,
    private readonly timeout: number,
  ) {
    this.process = spawn(executable, args, {
      cwd,
      stdio: ["pipe", "pipe", "ignore"],
      env,
    });
    this.process.on("error", (error) => this.end(`could not start ${executable}: ${error.message}`));
    this.process.on("exit", (code, signal) => this.end(`ended with ${signal ?? `code ${code}`}`));
    this.process.stdin?.on("error", (error) => this.end(error.message));
    this.process.stdout?.on("data", (data: Buffer) => this.read(data));
  }

  /** The process' id, for tests and memory measurements. */
  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Sends a request and waits for its result. */
  request(method: string, params?: object): Promise<unknown> {
    if (this.ended) return Promise.reject(this.ended);
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.kill(`no answer to ${method} in ${this.timeout / 1000} s`),
        this.timeout,
      );
      const settle = () => {
        clearTimeout(timer);
        this.waiting.delete(id);
      };
      this.waiting.set(id, {
        resolve: (result) => {
          settle();
          resolve(result);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      this.send({ id, method, params });
    });
  }

  /** Sends a request whose answer does not matter. */
  start(method: string, params?: object): void {
    this.request(method, params).catch(() => undefined);
  }

  /** Sends a message that has no answer. */
  notify(method: string, params: unknown): void {
    if (!this.ended) this.send({ method, params });
  }

  /** Waits for work that would never end once the server has. */
  whileAlive<Result>(work: Promise<Result>): Promise<Result> {
    if (this.ended) return Promise.reject(this.ended);
    // Not Promise.race: every race would leave its traces on a promise that lives as long as the server.
    return new Promise((resolve, reject) => {
      this.dependents.add(reject);
      work.then(resolve, reject).finally(() => this.dependents.delete(reject));
    });
  }

  /** Ends the process at once; whoever waits gets a `LanguageServerError`. */
  kill(reason: string): void {
    this.end(reason);
    this.process.kill("SIGKILL");
  }

  private end(reason: string): void {
    if (this.ended) return;
    this.ended = new LanguageServerError(`The type checker stopped: ${reason}`);
    for (const reject of [...this.dependents]) reject(this.ended);
    for (const { reject } of [...this.waiting.values()]) reject(this.ended);
  }

  /** Messages of one turn go out together: each write wakes the server. */
  private send(message: object): void {
    const { stdin } = this.process;
    if (!stdin) return;
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    if (stdin.writableCorked === 0) {
      stdin.cork();
      process.nextTick(() => stdin.uncork());
    }
    stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  private read(data: Buffer): void {
    this.chunks.push(data);
    this.unread += data.length;
    // A large answer comes in many pieces: they are put together once, when it is complete.
    if (this.unread < this.needed) return;
    let received = Buffer.concat(this.chunks);
    for (;;) {
      const headerEnd = received.indexOf("\r\n\r\n");
      const header = headerEnd < 0 ? "" : received.toString("latin1", 0, headerEnd);
      const start = headerEnd + 4;
      const end =
        headerEnd < 0 ? received.length + 1 : start + Number(/Content-Length: (\d+)/i.exec(header)?.[1]);
      if (received.length < end) {
        this.chunks = [received];
        this.unread = received.length;
        this.needed = end;
        return;
      }
      const message = JSON.parse(received.toString("utf8", start, end)) as Message;
      received = received.subarray(end);
      this.handle(message);
    }
  }

  private handle(message: Message): void {
    if (message.method !== undefined) {
      if (message.id !== undefined) this.send({ id: message.id, result: null });
      return;
    }
    const waiting = this.waiting.get(message.id as number);
    if (message.error) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result);
  }
}
