import type { Output } from "./output";
import type { Message } from "./protocol";
import type { Publisher } from "./publisher";
import type { RunnerReport } from "./runner/messages";

type InputReport = Extract<RunnerReport, { type: "input" }>;

/** Carries a cell's question to the front end, and the line that the user typed back to the waiting main thread. */
export class Stdin {
  #waiting: { question: string; answer: InputReport["answer"] } | undefined;

  constructor(
    private readonly publisher: Publisher,
    private readonly output: Output,
  ) {}

  ask({ cell, prompt, password, answer, position }: InputReport): void {
    this.output.flush(position);
    this.cancel();
    const parent = this.output.parentOf(cell);
    if (!parent) return;
    const question = this.publisher.reply("stdin", "input_request", { prompt, password }, parent);
    this.#waiting = { question, answer };
  }

  /** Takes an answer. Some front ends do not say to which question; one to an older question is dropped. */
  answer({ content, parent_header }: Message): void {
    const answersOther =
      parent_header.msg_type === "input_request" && parent_header.msg_id !== this.#waiting?.question;
    if (!this.#waiting || answersOther) return;
    const { port, signal } = this.#waiting.answer;
    port.postMessage(typeof content.value === "string" ? content.value : "");
    const flag = new Int32Array(signal);
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
    this.#waiting = undefined;
  }

  /** Forgets a question whose cell is over. */
  cancel(): void {
    this.#waiting?.answer.port.close();
    this.#waiting = undefined;
  }
}
