import type { Connection } from "../connection";
import type { Json, Message } from "../protocol";
import { Channels, type ClientChannel, type RequestChannel } from "./channels";
import { KernelDiedError } from "./errors";
import { PendingRequest, type RequestListener } from "./request";

export type RequestOptions = { channel?: RequestChannel; timeout?: number; listener?: RequestListener };

/** The requests under way on a connection: sends them, gives each the messages that answer it, fails all when the kernel dies. */
export class Requests {
  readonly #channels: Channels;
  readonly #pending = new Map<string, PendingRequest>();
  readonly #details: () => string;
  #failure: Error | undefined;

  /**
   * @param details what to add to the message of a request that takes too long
   * @param onMessage given every message, before the request that it answers
   */
  constructor(
    connection: Connection,
    details: () => string,
    onMessage: (channel: ClientChannel, message: Message) => void,
  ) {
    this.#details = details;
    this.#channels = new Channels(
      connection,
      (channel, message) => {
        onMessage(channel, message);
        this.#receive(channel, message);
      },
      (error) =>
        this.fail(new KernelDiedError(`the kernel sent a message that can't be read: ${error.message}`)),
    );
  }

  /** Why no request can be answered any more, if so. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Sends a request. Without a `timeout` (milliseconds) it waits as long as the kernel lives. */
  open(
    msgType: string,
    content: Json,
    { channel = "shell", timeout = Number.POSITIVE_INFINITY, listener = {} }: RequestOptions = {},
  ): PendingRequest {
    if (this.#failure) throw this.#failure;
    const message = this.#channels.send(channel, msgType, content);
    const pending = new PendingRequest(message, listener, timeout, this.#details);
    this.#pending.set(message.header.msg_id, pending);
    const forget = () => this.forget(pending);
    pending.done.then(forget, forget);
    return pending;
  }

  /** No longer waits for what answers this request. */
  forget({ message }: PendingRequest): void {
    this.#pending.delete(message.header.msg_id);
  }

  sendFrames(channel: RequestChannel, frames: Buffer[]): Promise<void> {
    return this.#channels.sendFrames(channel, frames);
  }

  /** Resolves when nothing waits for an answer any more, or after some milliseconds. */
  async settled(limit: number): Promise<void> {
    const all = [...this.#pending.values()].map(({ done }) => done);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, limit)));
    await Promise.race([Promise.allSettled(all), late]);
    clearTimeout(timer);
  }

  /** Rejects all that waits, and what is asked from now on. */
  fail(error: Error): void {
    this.#failure = error;
    for (const pending of this.#pending.values()) pending.fail(error);
  }

  /** Requests can be answered again: the kernel starts anew on the same connection. */
  reopen(): void {
    this.#failure = undefined;
  }

  close(): void {
    this.#channels.close();
  }

  #receive(channel: ClientChannel, message: Message): void {
    const pending = this.#pending.get(message.parent_header.msg_id ?? "");
    if (pending === undefined) return;
    if (channel === "iopub") pending.published(message);
    else if (message.header.msg_type === "input_request") void this.#answerInput(pending, message);
    else pending.replied(message);
  }

  async #answerInput(pending: PendingRequest, request: Message): Promise<void> {
    try {
      const value = await pending.input(request.content);
      if (value !== undefined) this.#channels.send("stdin", "input_reply", { value }, request);
    } catch (error) {
      pending.fail(error as Error);
    }
  }
}
