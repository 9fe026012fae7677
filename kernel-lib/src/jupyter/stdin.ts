import type { Output } from "./output";
import type { Json } from "./protocol";
import type { Publisher } from "./publisher";
import type { RunnerReport } from "./runner/messages";

type InputReport = Extract<RunnerReport, { type: "input" }>;

/** Carries a cell's question to the front end, and the line that the user typed back to the waiting main thread. */
export class Stdin {
  #waiting: InputReport["answer"] | undefined;

  constructor(
    private readonly publisher: Publisher,
    private readonly output: Output,
  ) {}

  ask({ cell, prompt, password, answer, position }: InputReport): void {
    this.output.flush(position);
    this.cancel();
    this.#waiting = answer;
    const parent = this.output.parentOf(cell);
    if (parent) this.publisher.reply("stdin", "input_request", { prompt, password }, parent);
  }

  answer({ value }: Json): void {
    if (!this.#waiting) return;
    const { port, signal } = this.#waiting;
    port.postMessage(typeof value === "string" ? value : "");
    const flag = new Int32Array(signal);
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
    this.#waiting = undefined;
  }

  /** Forgets a question whose cell is over. */
  cancel(): void {
    this.#waiting?.port.close();
    this.#waiting = undefined;
  }
}
