import { escapeHtml } from "../display/html";
import type { MimeBundle } from "../display/mime";
import { kindOf, type State } from "./schema";
import { drawnModel, Widget } from "./widget";

/** A button. */
export class Button extends Widget {
  readonly label: string;
  readonly #handlers: (() => unknown)[];

  constructor(label: string) {
    const handlers: (() => unknown)[] = [];
    const state = { ...kindOf("ButtonModel", "ButtonView"), description: label };
    const onEvent = async ({ event }: State) => {
      if (event === "click") for (const handler of handlers) await handler();
    };
    super(drawnModel(state, { onEvent }));
    this.label = label;
    this.#handlers = handlers;
  }

  /**
   * Calls `handler` at every click. What it prints stands under the cell that showed the button; cells wait until the
   * promise it may return is settled.
   */
  onClick(handler: () => unknown): void {
    this.#handlers.push(handler);
  }

  still(): MimeBundle {
    return { "text/plain": `[${this.label}]`, "text/html": `<div>[${escapeHtml(this.label)}]</div>` };
  }
}

/** A button that calls `onClick` when it is pressed. */
export function button({ label, onClick }: { label: string; onClick?: () => unknown }): Button {
  const made = new Button(label);
  if (onClick) made.onClick(onClick);
  return made;
}
