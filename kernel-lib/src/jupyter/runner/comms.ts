import { randomUUID } from "node:crypto";
import { types } from "node:util";
import type { Comm, CommContent, CommHandler, CommHost, ReceivedComm } from "../host";
import { currentCell, type RunningCell } from "./cells";
import type { CommMessage } from "./messages";

type Send = (message: CommMessage, cell: RunningCell) => void;
type Target = { cell: RunningCell; onOpen: (comm: Comm, message: ReceivedComm) => unknown };

/** The comms of the user's code: those it opened, and those that a front end opened for a target of its. */
export class Comms implements CommHost {
  readonly #targets = new Map<string, Target>();
  readonly #comms = new Map<string, OpenComm>();

  constructor(private readonly send: Send) {}

  open(target: string, content: Partial<CommContent> & { id?: string } = {}): Comm {
    const { id = randomUUID() } = content;
    if (this.#comms.has(id)) throw new Error(`comms.open: id: a comm ${JSON.stringify(id)} is open already`);
    const comm = this.#add(id, target, currentCell());
    this.send(messageOf("comm_open", id, content, target), currentCell());
    return comm;
  }

  registerTarget(target: string, onOpen: Target["onOpen"]): void {
    this.#targets.set(target, { cell: currentCell(), onOpen });
  }

  /** The cell that a front end's message belongs to: the one that opened the comm, or that registered its target. */
  cellOf({ message, id, target }: CommMessage): RunningCell {
    const owner = message === "comm_open" ? this.#targets.get(target!) : this.#comms.get(id);
    return owner?.cell ?? currentCell();
  }

  /** Runs the handlers of a front end's message, one after the other. A comm that nobody takes is closed. */
  async deliver(message: CommMessage): Promise<void> {
    const { id, target, data, metadata, buffers } = message;
    const content = { data, metadata, buffers };
    if (message.message === "comm_open") {
      const registered = this.#targets.get(target!);
      if (!registered) this.send(messageOf("comm_close", id, {}), currentCell());
      else await registered.onOpen(this.#add(id, target!, registered.cell), content);
      return;
    }
    const comm = this.#comms.get(id);
    if (!comm) return;
    if (message.message === "comm_close") {
      this.#comms.delete(id);
      comm.closed = true;
    }
    const handlers = message.message === "comm_close" ? comm.closeHandlers : comm.messageHandlers;
    for (const handler of [...handlers]) await handler(content);
  }

  #add(id: string, target: string, cell: RunningCell): OpenComm {
    const comm = new OpenComm(id, target, cell, this.send, () => this.#comms.delete(id));
    this.#comms.set(id, comm);
    return comm;
  }
}

class OpenComm implements Comm {
  readonly messageHandlers: CommHandler[] = [];
  readonly closeHandlers: CommHandler[] = [];
  closed = false;
  readonly #send: Send;
  readonly #forget: () => void;

  constructor(
    readonly id: string,
    readonly target: string,
    readonly cell: RunningCell,
    send: Send,
    forget: () => void,
  ) {
    this.#send = send;
    this.#forget = forget;
  }

  send(data: Record<string, unknown>, content: Partial<Omit<CommContent, "data">> = {}): void {
    if (this.closed) throw new Error(`comm.send: the comm ${JSON.stringify(this.id)} is closed`);
    this.#send(messageOf("comm_msg", this.id, { ...content, data }), currentCell());
  }

  close(data: Record<string, unknown> = {}): void {
    if (this.closed) return;
    this.closed = true;
    this.#forget();
    this.#send(messageOf("comm_close", this.id, { data }), currentCell());
  }

  onMessage(handler: CommHandler): void {
    this.messageHandlers.push(handler);
  }

  onClose(handler: CommHandler): void {
    this.closeHandlers.push(handler);
  }
}

function messageOf(
  message: CommMessage["message"],
  id: string,
  { data = {}, metadata = {}, buffers = [] }: Partial<CommContent>,
  target?: string,
): CommMessage {
  return { message, id, target, data: plain(data), metadata: plain(metadata), buffers: buffers.map(copyOf) };
}

/** As JSON has it: what a message cannot carry (functions, `undefined`) goes, what has a `toJSON` becomes that. */
function plain(value: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

/** A copy of just the bytes: what lies around them in the same memory is not sent along. */
function copyOf(buffer: ArrayBufferView | ArrayBufferLike): Uint8Array {
  if (types.isAnyArrayBuffer(buffer)) return new Uint8Array(buffer).slice();
  if (ArrayBuffer.isView(buffer))
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).slice();
  throw new TypeError(`comm: buffers: expected typed arrays, got ${typeof buffer}`);
}
