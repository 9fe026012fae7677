import { log } from "./log";
import type { Output } from "./output";
import type { CommMessageType, Json, Message } from "./protocol";
import type { Publisher } from "./publisher";
import type { MainThread } from "./remote-runner";
import type { CommMessage } from "./runner/messages";

/**
 * Comms (https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages): channels between objects of
 * the front end and of the user's code. This thread carries their messages and knows which comms are open; their
 * handlers run on the main thread, in turn with cells.
 */
export class Comms {
  /** The target's name of each open comm, by the comm's id. */
  readonly #open = new Map<string, string>();
  /** The message whose handlers run now. */
  #delivered: Message | undefined;

  constructor(
    private readonly publisher: Publisher,
    private readonly output: Output,
    private readonly runner: MainThread,
  ) {}

  /** Hands a front end's message over to its handlers, and waits for them. */
  async deliver(request: Message): Promise<undefined> {
    const message = read(request);
    if (!message) {
      log(`${request.header.msg_type}: expected a comm_id, and a target_name to open one`);
      return;
    }
    if (message.message !== "comm_open" && !this.#open.has(message.id)) return;
    this.#note(message);
    this.#delivered = request;
    await this.runner.run({ type: "comm", evaluation: this.runner.nextEvaluation(), ...message });
    this.#delivered = undefined;
  }

  /**
   * Publishes a message of the user's code, after the output that a cell had written up to `position`. An answer has
   * what it answers as its parent: widgets in the front end drop echoes of other messages than their own.
   */
  publish(message: CommMessage & { cell: number; position: number }): void {
    const { message: type, id, target, data, metadata, buffers, cell, position } = message;
    this.#note(message);
    this.output.flush(position);
    this.publisher.publish(
      type,
      { comm_id: id, ...(target !== undefined && { target_name: target }), data },
      this.#delivered ?? this.output.parentOf(cell),
      {
        metadata,
        buffers: buffers.map((buffer) => Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength)),
      },
    );
  }

  /** The open comms by their id: of one target, if a name is given. */
  info(target: unknown): Json {
    const chosen = [...this.#open].filter(([, name]) => typeof target !== "string" || name === target);
    return Object.fromEntries(chosen.map(([id, target_name]) => [id, { target_name }]));
  }

  #note({ message, id, target }: CommMessage): void {
    if (message === "comm_open") this.#open.set(id, target!);
    else if (message === "comm_close") this.#open.delete(id);
  }
}

/** What a front end's message says, or undefined where it is none of a comm. */
function read({ header, content, metadata, buffers }: Message): CommMessage | undefined {
  const message = header.msg_type as CommMessageType;
  const { comm_id: id, target_name: target, data } = content;
  if (typeof id !== "string" || (message === "comm_open" && typeof target !== "string")) return undefined;
  return {
    message,
    id,
    target: message === "comm_open" ? (target as string) : undefined,
    data: isObject(data) ? data : {},
    metadata,
    // Copies: a frame may lie in memory that has more than it.
    buffers: buffers.map((frame) => new Uint8Array(frame)),
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
