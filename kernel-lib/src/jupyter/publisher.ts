import { randomUUID } from "node:crypto";
import type { WrittenMessage } from "./last-words";
import type { Content, Header, Json, Message } from "./protocol";
import type { Sockets } from "./sockets";
import { newHeader, type Wire } from "./wire";

/** The request that a message answers to: its header, and the way back to its sender. */
export type Parent = Pick<Message, "header" | "identities">;

/** What a message carries beside its content. */
export type Attached = { metadata?: Json; buffers?: Buffer[] };

/** Sends messages of the kernel: replies to their sender, everything else to all on iopub. */
export class Publisher {
  readonly session = randomUUID();

  constructor(
    private readonly wire: Wire,
    private readonly sockets: Sockets,
  ) {}

  /** Sends a message to the sender of `parent`, and returns its id. */
  reply(channel: "shell" | "control" | "stdin", type: string, content: Json, parent: Parent): string {
    const header = newHeader(type, this.session);
    // Written at once: its sender is told of a content that can't be.
    const frames = this.#frames(parent.identities, header, content, parent.header);
    this.sockets.send(channel, () => frames);
    return header.msg_id;
  }

  /** Sends a message to all who listen on iopub. */
  publish(type: string, content: Content, parent?: Parent, attached: Attached = {}): void {
    const header = newHeader(type, this.session);
    this.sockets.send("iopub", () =>
      this.#frames([Buffer.from(type)], header, content, parent?.header, attached),
    );
  }

  /** A message written for another process to send. */
  written(channel: WrittenMessage["channel"], type: string, content: Json, parent: Parent): WrittenMessage {
    const identities = channel === "iopub" ? [Buffer.from(type)] : parent.identities;
    const frames = this.#frames(identities, newHeader(type, this.session), content, parent.header);
    return { channel, frames: frames.map((frame) => frame.toString("base64")) };
  }

  #frames(
    identities: Buffer[],
    header: Header,
    content: Content,
    parent?: Header,
    { metadata = {}, buffers = [] }: Attached = {},
  ): Buffer[] {
    return this.wire.serialize({
      identities,
      header,
      parent_header: parent ?? {},
      metadata,
      content,
      buffers,
    });
  }
}
