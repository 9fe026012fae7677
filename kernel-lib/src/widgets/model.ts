import type { Comm, CommContent } from "../display/comm";
import { host } from "../display/host";
import { answerStateRequests, forget, remember } from "./registry";
import { type State, WIDGET_PROTOCOL } from "./schema";

/** What a model does with what its twin in the front end tells. */
export interface ModelHandlers {
  /** The user changed part of the state. */
  onChange?(changed: State): unknown;
  /** An event that is no state, such as a click. */
  onEvent?(content: State): unknown;
  /** The model was opened in the front end. */
  onOpen?(): void;
}

/**
 * A model of Jupyter widgets: state that is the same here and in the front end
 * (https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md). Its comm is opened when it is
 * shown first, so that what it prints stands where it is seen. Models among the values are sent as references.
 */
export class Model {
  readonly #state: State;
  readonly #handlers: ModelHandlers;
  #comm: Comm | undefined;

  constructor(state: State, handlers: ModelHandlers = {}) {
    this.#state = { ...state };
    this.#handlers = handlers;
  }

  get(name: string): unknown {
    return this.#state[name];
  }

  /** Changes part of the state, here and in the front end. */
  set(changes: State): void {
    Object.assign(this.#state, changes);
    if (this.#comm) this.#comm.send({ method: "update", state: wire(changes), buffer_paths: [] });
  }

  /** The whole state as it is sent. */
  toJSON(): State {
    return wire(this.#state);
  }

  /** Opens the model in the front end if it is not there yet; its id, or undefined where no front end can be. */
  open(): string | undefined {
    if (this.#comm) return this.#comm.id;
    const { comms } = host();
    if (!comms) return undefined;
    answerStateRequests(comms);
    const comm = comms.open("jupyter.widget", {
      data: { state: this.toJSON(), buffer_paths: [] },
      metadata: { version: WIDGET_PROTOCOL },
    });
    this.#comm = comm;
    remember(comm.id, this);
    comm.onMessage((message) => this.#receive(message));
    comm.onClose(() => this.#closed());
    this.#handlers.onOpen?.();
    return comm.id;
  }

  /** Takes the model and its own layout out of the front end. It may be opened anew. */
  close(): void {
    const { layout } = this.#state;
    if (layout instanceof Model) layout.close();
    this.#comm?.close();
    this.#closed();
  }

  #closed(): void {
    if (this.#comm) forget(this.#comm.id);
    this.#comm = undefined;
  }

  #receive({ data }: CommContent): unknown {
    switch (data.method) {
      case "update": {
        const state = (data.state ?? {}) as State;
        Object.assign(this.#state, state);
        // So that other windows on the same notebook follow.
        this.#comm?.send({ method: "echo_update", state, buffer_paths: [] });
        return this.#handlers.onChange?.(state);
      }
      case "request_state":
        return this.#comm?.send({ method: "update", state: this.toJSON(), buffer_paths: [] });
      case "custom":
        return this.#handlers.onEvent?.((data.content ?? {}) as State);
      default:
        return undefined;
    }
  }
}

function wire(state: State): State {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, reference(value)]));
}

function reference(value: unknown): unknown {
  if (value instanceof Model) return `IPY_MODEL_${value.open()}`;
  return Array.isArray(value) && value.some((item) => item instanceof Model) ? value.map(reference) : value;
}
