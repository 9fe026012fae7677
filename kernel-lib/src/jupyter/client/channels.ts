import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Dealer, Subscriber } from "zeromq";
import { address, type Connection } from "../connection";
import type { Json, Message } from "../protocol";
import { newHeader, openWire, type Wire } from "../wire";

export type RequestChannel = "shell" | "control" | "stdin";
export type ClientChannel = RequestChannel | "iopub";

/** How long a channel may read without a pause, in ms. */
const TURN_MS = 5;

/** The client's ends of a kernel's sockets: sends signed messages, hands over every message that comes. */
export class Channels {
  readonly session = randomUUID();
  readonly #wire: Wire;
  readonly #sockets: Record<RequestChannel, Dealer> & { iopub: Subscriber };
  readonly #lastSend: Partial<Record<RequestChannel, Promise<void>>> = {};

  /**
   * @param onMessage called for each message in the order of its channel
   * @param onError called when a message from the kernel can't be read
   */
  constructor(
    connection: Connection,
    onMessage: (channel: ClientChannel, message: Message) => void,
    onError: (error: Error) => void,
  ) {
    this.#wire = openWire(connection.key, connection.signature_scheme);
    // One routing id for all, since a kernel sends its input requests to the shell's sender on the stdin socket.
    const common = { linger: 0, reconnectInterval: 20, sendHighWaterMark: 0, receiveHighWaterMark: 0 };
    const dealer = () => new Dealer({ ...common, routingId: this.session });
    const { linger, reconnectInterval, receiveHighWaterMark } = common;
    const iopub = new Subscriber({ linger, reconnectInterval, receiveHighWaterMark });
    iopub.subscribe();
    this.#sockets = { shell: dealer(), control: dealer(), stdin: dealer(), iopub };
    for (const [channel, socket] of Object.entries(this.#sockets) as [ClientChannel, Dealer | Subscriber][]) {
      socket.connect(address(connection, channel));
      void this.#receive(channel, socket, onMessage, onError);
    }
  }

  /** Sends a message; its header's msg_id names the request in every answer. */
  send(channel: RequestChannel, msgType: string, content: Json, parent?: Message): Message {
    const message: Message = {
      identities: [],
      header: newHeader(msgType, this.session, "client"),
      parent_header: parent?.header ?? {},
      metadata: {},
      content,
      buffers: [],
    };
    void this.sendFrames(channel, this.#wire.serialize(message));
    return message;
  }

  /** Sends frames as they are: what a broken or hostile client might send. */
  sendFrames(channel: RequestChannel, frames: Buffer[]): Promise<void> {
    const socket = this.#sockets[channel];
    const sent = (this.#lastSend[channel] ?? Promise.resolve()).then(async () => {
      if (!socket.closed) await socket.send(frames);
    });
    this.#lastSend[channel] = sent.catch(() => {});
    return sent;
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  async #receive(
    channel: ClientChannel,
    socket: Dealer | Subscriber,
    onMessage: (channel: ClientChannel, message: Message) => void,
    onError: (error: Error) => void,
  ): Promise<void> {
    let turn = performance.now();
    for await (const frames of socket) {
      try {
        onMessage(channel, this.#wire.parse(frames));
      } catch (error) {
        onError(error as Error);
      }
      // Messages that wait are read without a turn of the event loop: a flood would stop timers and other channels.
      if (performance.now() - turn > TURN_MS) {
        await nextTurn();
        turn = performance.now();
      }
    }
  }
}
