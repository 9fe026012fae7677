import { type CapturedOutput, host } from "../display/host";
import type { MimeBundle } from "../display/mime";
import { Outputs } from "./outputs";
import { kindOf } from "./schema";
import { drawnModel, Widget } from "./widget";

/**
 * A place for outputs that can be replaced at any time: values, figures (redrawn in place), what code prints. It keeps them
 * over a reload of the page.
 */
export class OutputArea extends Widget {
  #outputs = new Outputs();
  #fillings = 0;

  constructor() {
    super(drawnModel({ ...kindOf("OutputModel", "OutputView", "output"), msg_id: "", outputs: [] }));
  }

  /** Shows a value in place of all that was shown. */
  show(value: unknown): void {
    const outputs = new Outputs();
    outputs.show(host().format(value));
    this.#replace(outputs);
  }

  /** Shows a value below what is shown. */
  append(value: unknown): void {
    this.#outputs.show(host().format(value));
    this.#send();
  }

  /** Removes all that is shown. */
  clear(): void {
    this.#replace(new Outputs());
  }

  /**
   * Runs `work` and returns what it returns; what it prints and shows, also later in its timers and promises, goes
   * below what is shown here. Kernels that cannot tell whose output it is leave it under the running cell.
   */
  capture<T>(work: () => T): T {
    return this.#captureInto(this.#outputs, work);
  }

  /**
   * Replaces all that is shown, at once, by what `work` prints and shows and then the value it returns or promises.
   * Throws what `work` throws, and shows nothing of it then. When called again before a promise is settled, the later call's
   * outputs stay.
   */
  fill(work: () => unknown): PromiseLike<void> | undefined {
    const outputs = new Outputs();
    const filling = ++this.#fillings;
    const show = (value: unknown) => {
      if (value !== undefined) outputs.show(host().format(value));
      if (filling === this.#fillings) this.#replace(outputs);
    };
    const value = this.#captureInto(outputs, work);
    if (isPromise(value)) return value.then(show);
    show(value);
    return undefined;
  }

  /** Shows an error in place of all that was shown, as a cell does. */
  showError(error: unknown): void {
    const outputs = new Outputs();
    outputs.fail(error);
    this.#replace(outputs);
  }

  still(): MimeBundle {
    return this.#outputs.still();
  }

  #captureInto<T>(outputs: Outputs, work: () => T): T {
    let waiting = false;
    return host().capture((output: CapturedOutput) => {
      outputs.add(output);
      if (waiting || outputs !== this.#outputs) return;
      waiting = true;
      // Many small writes become one message.
      queueMicrotask(() => {
        waiting = false;
        if (outputs === this.#outputs) this.#send();
      });
    }, work);
  }

  #replace(outputs: Outputs): void {
    this.#outputs = outputs;
    this.#send();
  }

  #send(): void {
    this.model.set({ outputs: this.#outputs.toJSON() });
  }
}

/** An empty place for outputs; show it, then `show`, `append` or `capture` into it. */
export function outputArea(): OutputArea {
  return new OutputArea();
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === "function";
}
