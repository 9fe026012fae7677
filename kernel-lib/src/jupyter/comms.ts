import type { CommOpen, Json } from "./protocol";
import type { Parent, Publisher } from "./publisher";

/** Comms (https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages) that clients open. */
export class Comms {
  constructor(private readonly publisher: Publisher) {}

  /** No target is registered here, and the protocol's answer to an unknown one is to close the comm. */
  open({ comm_id }: CommOpen, parent: Parent): void {
    this.publisher.publish("comm_close", { comm_id, data: {} }, parent);
  }

  /** The open comms by their id. */
  info(): Json {
    return {};
  }
}
