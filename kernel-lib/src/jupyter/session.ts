import { log } from "./log";
import type { Json, Message } from "./protocol";
import type { Publisher } from "./publisher";
import { checkedContent, RequestError } from "./request-content";
import type { Wire } from "./wire";

export type RequestChannel = "shell" | "control";

/** Answers a request with the content of its reply, or with nothing where the protocol has no reply. */
export type Handler = (
  message: Message,
  channel: RequestChannel,
) => Promise<Json | undefined> | Json | undefined;

type Queued = { channel: RequestChannel; message: Message; handler: Handler };

/** How long after an error the requests that were sent before it may still be on their way, in ms. */
const IN_FLIGHT_MS = 5;

/**
 * The order of work: requests in `sequential` are handled one after the other, all others at once, also while a cell
 * runs. Each is framed by `busy` and `idle`. When a cell fails, the cells that wait behind it are aborted.
 */
export class Session {
  readonly #queue: Queued[] = [];
  #current: Queued | undefined;
  #onStop: (() => void) | undefined;

  constructor(
    private readonly wire: Wire,
    private readonly publisher: Publisher,
    private readonly handlers: {
      sequential: Record<string, Handler>;
      immediate: Record<string, Handler>;
      /** Told of each cell that is aborted. */
      aborted(message: Message): void;
    },
  ) {}

  /** Takes a message off the wire. What is not a valid message is dropped with a line in the log. */
  receive(channel: RequestChannel, frames: Buffer[]): void {
    const message = this.parse(channel, frames);
    if (!message) return;
    const type = message.header.msg_type;
    if (Object.hasOwn(this.handlers.sequential, type)) {
      this.#queue.push({ channel, message, handler: this.handlers.sequential[type]! });
      void this.#work();
    } else if (Object.hasOwn(this.handlers.immediate, type)) {
      void this.#handleAtOnce({ channel, message, handler: this.handlers.immediate[type]! });
    } else {
      log(`${channel}: ignored a message of unknown type ${JSON.stringify(type)}`);
    }
  }

  parse(channel: string, frames: Buffer[]): Message | undefined {
    try {
      return this.wire.parse(frames);
    } catch (error) {
      log(`${channel}: dropped a message: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** Stops after the request in progress; requests that wait are dropped. */
  stop(): Promise<void> {
    this.#queue.length = 0;
    return this.#current === undefined
      ? Promise.resolve()
      : new Promise((resolve) => (this.#onStop = resolve));
  }

  async #work(): Promise<void> {
    if (this.#current) return;
    while ((this.#current = this.#queue.shift())) {
      const current = this.#current;
      const reply = await this.#answer(current);
      const aborted = stopsQueue(current.message, reply) ? await this.#takeCells() : [];
      this.#reply(current, reply);
      for (const queued of aborted) this.#abort(queued);
    }
    this.#onStop?.();
  }

  async #handleAtOnce(queued: Queued): Promise<void> {
    this.#reply(queued, await this.#answer(queued));
    // Front ends show the last status they heard, and a cell is still running.
    if (this.#current) this.#status("busy", this.#current.message);
  }

  async #answer({ channel, message, handler }: Queued): Promise<Json | undefined> {
    this.#status("busy", message);
    try {
      const content = checkedContent(message);
      return await handler({ ...message, content }, channel);
    } catch (error) {
      return failure(message, error as Error);
    }
  }

  #reply({ channel, message }: Queued, content: Json | undefined): void {
    const type = message.header.msg_type.replace(/_request$/, "_reply");
    if (content && type !== message.header.msg_type) {
      try {
        this.publisher.reply(channel, type, content, message);
      } catch (error) {
        // A reply that cannot be written as JSON.
        this.publisher.reply(channel, type, failure(message, error as Error), message);
      }
    }
    this.#status("idle", message);
  }

  #abort(queued: Queued): void {
    this.handlers.aborted(queued.message);
    this.#status("busy", queued.message);
    this.#reply(queued, { status: "aborted" });
  }

  #status(execution_state: "busy" | "idle", parent: Message): void {
    this.publisher.publish("status", { execution_state }, parent);
  }

  /** Takes all cells out of the queue, also those that were sent together with the failed one but arrive later. */
  async #takeCells(): Promise<Queued[]> {
    await new Promise((resolve) => setTimeout(resolve, IN_FLIGHT_MS));
    const cells = this.#queue.filter(isCell);
    this.#queue.splice(0, this.#queue.length, ...this.#queue.filter((queued) => !isCell(queued)));
    return cells;
  }
}

/** What the sender is told of a request that could not be answered. */
function failure({ header }: Message, { name, message, stack }: Error): Json {
  log(name === RequestError.name ? message : `${header.msg_type}: ${stack}`);
  return { status: "error", ename: name, evalue: message, traceback: [] };
}

function isCell({ message }: Queued): boolean {
  return message.header.msg_type === "execute_request";
}

function stopsQueue({ header, content }: Message, reply: Json | undefined): boolean {
  return (
    header.msg_type === "execute_request" && reply?.status === "error" && content.stop_on_error !== false
  );
}
