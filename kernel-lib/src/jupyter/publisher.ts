import { randomUUID } from "node:crypto";
import type { Header, Json, Message } from "./protocol";
import type { Sockets } from "./sockets";
import { newHeader, type Wire } from "./wire";

/** The request that a message answers to: its header, and the way back to its sender. */
export type Parent = Pick<Message, "header" | "identities">;

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
    this.sockets.send(channel, this.#frames(parent.identities, header, content, parent.header));
    return header.msg_id;
  }

  /** Sends a message to all who listen on iopub. */
  publish(type: string, content: Json, parent?: Parent): void {
    this.sockets.send(
      "iopub",
      this.#frames([Buffer.from(type)], newHeader(type, this.session), content, parent?.header),
    );
  }

  #frames(identities: Buffer[], header: Header, content: Json, parent?: Header): Buffer[] {
    return this.wire.serialize({
      identities,
      header,
      parent_header: parent ?? {},
      metadata: {},
      content,
      buffers: [],
    });
  }
}
