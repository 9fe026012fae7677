import { afterEach } from "vitest";
import { Channels, type ClientChannel, type RequestChannel } from "../../src/jupyter/client/channels";
import type { Connection } from "../../src/jupyter/connection";
import type { Header, Json, Message } from "../../src/jupyter/protocol";
import { newHeader, openWire } from "../../src/jupyter/wire";
import type { TestKernel } from "./kernel";

/** Opens front ends on a kernel, which are closed after each test. */
export function useOtherFrontEnds(kernel: TestKernel): () => OtherFrontEnd {
  const opened: OtherFrontEnd[] = [];
  afterEach(() => {
    for (const frontEnd of opened.splice(0)) frontEnd.close();
  });
  return () => {
    const frontEnd = new OtherFrontEnd(kernel.client.connection);
    opened.push(frontEnd);
    return frontEnd;
  };
}

/** Another front end on the same kernel, with headers of its own making. */
export class OtherFrontEnd {
  readonly received: { channel: ClientChannel; message: Message }[] = [];
  readonly #channels: Channels;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly connection: Connection) {
    this.#channels = new Channels(
      connection,
      (channel, message) => {
        this.received.push({ channel, message });
        for (const wake of this.#waiting.splice(0)) wake();
      },
      (error) => {
        throw error;
      },
    );
  }

  close(): void {
    this.#channels.close();
  }

  /** Sends a request with changes to its header, and gives its reply once it is idle. */
  async ask(
    type: string,
    body: Json,
    { channel = "shell" as RequestChannel, header = {} as Partial<Record<keyof Header, unknown>> } = {},
  ): Promise<Message> {
    const { msg_id: id } = { ...newHeader(type, "habits"), ...header } as Header;
    const changed = Object.fromEntries(
      Object.entries({ ...newHeader(type, "habits"), msg_id: id, ...header }).filter(
        ([, value]) => value !== undefined,
      ),
    ) as Header;
    const { key, signature_scheme } = this.connection;
    const message = {
      identities: [],
      header: changed,
      parent_header: {},
      metadata: {},
      content: body,
      buffers: [],
    };
    await this.#channels.sendFrames(channel, openWire(key, signature_scheme).serialize(message));
    await this.until(() => this.of(id).some(({ channel: from }) => from === channel));
    return this.of(id).find(({ channel: from }) => from === channel)!.message;
  }

  /** Resolves when it hears what is published. */
  welcomed(): Promise<void> {
    return this.until(() => this.received.some(({ message }) => message.header.msg_type === "iopub_welcome"));
  }

  /** All that answers a request. */
  of(id: string) {
    return this.received.filter(({ message }) => message.parent_header.msg_id === id);
  }

  async until(met: () => boolean): Promise<void> {
    while (!met()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
