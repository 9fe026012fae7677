import { escapeHtml } from "../display/html";
import type { MimeBundle } from "../display/mime";
import { Model, type ModelHandlers } from "./model";
import { kindOf, type State } from "./schema";
import { drawnModel, Widget } from "./widget";

/** How a control's value stands in the state of its model. */
export interface ControlKind<T> {
  /** The model's state but for the value. */
  state: State;
  toState(value: T): State;
  fromState(state: (name: string) => unknown): T;
  /** The value in words. */
  text(value: T): string;
  /** Throws where the control cannot have this value. */
  check(value: T): void;
}

/** A widget that holds a value which the user can change. */
export class Control<T> extends Widget {
  readonly label: string;
  readonly #kind: ControlKind<T>;
  readonly #holder: Model;
  readonly #handlers: ((value: T) => unknown)[] = [];
  #value: T;

  /** @param around makes of the model that holds the value the one that is drawn, if that is another one */
  constructor(label: string, value: T, kind: ControlKind<T>, around = (holder: Model) => holder) {
    kind.check(value);
    const handlers: ModelHandlers = {};
    const holder = drawnModel({ description: label, ...kind.state, ...kind.toState(value) }, handlers);
    super(around(holder));
    handlers.onChange = () => this.#changed();
    this.label = label;
    this.#kind = kind;
    this.#holder = holder;
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  /** Sets the value, here and in the front end. */
  set value(value: T) {
    this.#kind.check(value);
    if (value === this.#value) return;
    this.#value = value;
    this.#holder.set(this.#kind.toState(value));
    for (const handler of this.#handlers) handler(value);
  }

  /**
   * Calls `handler` with every new value, whether the user or code set it. What it prints stands under the cell that
   * showed the control; cells wait until the promise it may return is settled.
   */
  onChange(handler: (value: T) => unknown): void {
    this.#handlers.push(handler);
  }

  async #changed(): Promise<void> {
    const next = this.#kind.fromState((name) => this.#holder.get(name));
    if (next === this.#value) return;
    this.#value = next;
    for (const handler of this.#handlers) await handler(next);
  }

  still(): MimeBundle {
    const value = this.#kind.text(this.#value);
    const label = this.label === "" ? "" : `${this.label}: `;
    return {
      "text/plain": `${label}${value}`,
      "text/html": `<div>${escapeHtml(label)}<strong>${escapeHtml(value)}</strong></div>`,
    };
  }
}

const styles = new Map<string, Model>();

/** The style that lets a label be as long as it is, where the front end would cut it; one for all controls of a kind. */
export function labelStyle(
  model: "DescriptionStyleModel" | "SliderStyleModel" | "ProgressStyleModel",
): Model {
  const style =
    styles.get(model) ??
    new Model({ ...kindOf(model, "StyleView", "controls", "base"), description_width: "initial" });
  styles.set(model, style);
  return style;
}
