import type { Content, Json, Message } from "./protocol";
import type { Parent, Publisher } from "./publisher";
import type { RingReader } from "./ring";

/** How long text may wait for more, in ms, so that many small writes become few messages. */
const COALESCE_MS = 15;
/** Text beyond this many characters is sent at once, in messages of about this size. */
const MAX_TEXT = 1 << 18;

/** What a cell shows, on its way from the main thread to iopub, in the order in which it was written. */
export class Output {
  readonly #requests = new Map<number, { parent: Parent; metadata: Json }>();
  #pending: { cell: number; name: "stdout" | "stderr"; text: string } | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param deliver hands over what the main thread has sent beside the ring so far, in its order */
  constructor(
    private readonly publisher: Publisher,
    private readonly ring: RingReader,
    private readonly deliver: () => void,
  ) {
    if (!ring.sleep()) this.wake();
  }

  /** Says which request a cell's output belongs to. */
  begin(cell: number, { header, identities, metadata }: Pick<Message, keyof Parent | "metadata">): void {
    this.#requests.set(cell, { parent: { header, identities }, metadata: placeOf(metadata) });
    // An interrupt may have hit the writer between its text and its call.
    if (this.#timer === undefined && !this.ring.sleep()) this.wake();
  }

  /** The request that runs or ran a cell. */
  parentOf(cell: number): Parent | undefined {
    return this.#requests.get(cell)?.parent;
  }

  /** The main thread has written text while this side was not reading: read on until there is no more. */
  wake = (): void => {
    this.#drainAll();
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.flush();
      if (!this.ring.sleep()) this.wake();
    }, COALESCE_MS);
  };

  /** Publishes all text written up to a position of the ring (all there is, if none is given). */
  flush(until?: number): void {
    if (until === undefined) this.#drainAll();
    else this.#drain(until);
    this.#publishText();
  }

  /** Publishes a message of a cell, after all text written before `position`. */
  publish(type: string, content: Content, cell: number, position?: number): void {
    this.flush(position);
    this.#send(type, content, cell);
  }

  /** Text that was written after a display must not overtake it, so the display comes first. */
  #drainAll(): void {
    const until = this.ring.written;
    this.deliver();
    this.#drain(until);
  }

  #drain(until: number): void {
    for (const { tag, text } of this.ring.read(until)) {
      const cell = tag >> 1;
      const name = tag & 1 ? "stderr" : "stdout";
      if (this.#pending && (this.#pending.cell !== cell || this.#pending.name !== name)) this.#publishText();
      if (this.#pending) this.#pending.text += text;
      else this.#pending = { cell, name, text };
      if (this.#pending.text.length >= MAX_TEXT) this.#publishText();
    }
  }

  #publishText(): void {
    if (!this.#pending) return;
    const { cell, name, text } = this.#pending;
    this.#pending = undefined;
    this.#send("stream", { name, text }, cell);
  }

  #send(type: string, content: Content, cell: number): void {
    const request = this.#requests.get(cell);
    this.publisher.publish(type, content, request?.parent, { metadata: request?.metadata ?? {} });
  }
}

/**
 * Where in the notebook a request's cell stands, as JupyterLab says it. What the cell shows repeats it, for front ends
 * that did not send the request themselves, such as a page that was loaded anew.
 */
function placeOf({ cellId }: Json): Json {
  return typeof cellId === "string" ? { cellId } : {};
}
