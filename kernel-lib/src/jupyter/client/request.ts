import type { Json, Message } from "../protocol";
import { KernelTimeoutError } from "./errors";

export type RequestListener = {
  /** Each message on iopub that this request caused, other than its status. */
  onOutput?: (message: Message) => void;
  /** Asked for each input request; what it gives is sent as the input. */
  onInput?: (prompt: string, password: boolean) => string | Promise<string>;
};

/** A request on its way: settles when its reply and its `idle` on iopub have both come. */
export class PendingRequest {
  readonly done: Promise<Message>;
  readonly outputs: Message[] = [];
  #reply: Message | undefined;
  #published = false;
  #idle = false;
  #resolve!: (reply: Message) => void;
  #reject!: (error: Error) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly message: Message,
    readonly listener: RequestListener,
    timeout: number,
    describe: () => string,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.done.catch(() => {}); // whoever awaits it sees the rejection; when nobody does, it is not the process's end
    if (Number.isFinite(timeout))
      this.#timer = setTimeout(() => {
        const missing = this.#reply === undefined ? "reply" : "idle message";
        const asked = message.header.msg_type;
        this.fail(new KernelTimeoutError(`${asked}: no ${missing} within ${timeout / 1000} s${describe()}`));
      }, timeout);
  }

  get hasReply(): boolean {
    return this.#reply !== undefined;
  }

  /** Whether anything on iopub was seen of it. */
  get isPublished(): boolean {
    return this.#published;
  }

  /** Takes a message from iopub whose parent is this request. */
  published(message: Message): void {
    this.#published = true;
    const { msg_type } = message.header;
    if (msg_type === "status") {
      if ((message.content as { execution_state?: string }).execution_state !== "idle") return;
      this.#idle = true;
      this.#settle();
    } else if (msg_type !== "execute_input") {
      this.outputs.push(message);
      this.#guarded(() => this.listener.onOutput?.(message));
    }
  }

  replied(message: Message): void {
    this.#reply = message;
    this.#settle();
  }

  /** The answer to an input request, or undefined when the request gave no `onInput`. */
  async input({ prompt, password }: Json): Promise<string | undefined> {
    const { onInput } = this.listener;
    if (onInput === undefined) return undefined;
    return await onInput(String(prompt ?? ""), password === true);
  }

  fail(error: Error): void {
    clearTimeout(this.#timer);
    this.#reject(error);
  }

  #settle(): void {
    if (this.#reply === undefined || !this.#idle) return;
    clearTimeout(this.#timer);
    this.#resolve(this.#reply);
  }

  #guarded(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.fail(error as Error);
    }
  }
}
