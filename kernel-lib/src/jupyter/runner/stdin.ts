import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import type { RingWriter } from "../ring";
import { currentCell } from "./cells";
import type { Report } from "./messages";

/** A cell asked for input, but its front end cannot give any, e.g. when a notebook is executed as a whole. */
export class StdinNotImplementedError extends Error {
  override readonly name = "StdinNotImplementedError";
}

/**
 * The `prompt` of cells: asks the front end for a line and waits for it. The thread sleeps meanwhile, as in a
 * browser, and an interrupt wakes it.
 */
export function createPrompt(report: Report, ring: RingWriter) {
  return function prompt(message: unknown = "", { password = false }: { password?: boolean } = {}): string {
    const cell = currentCell();
    if (!cell.allowStdin)
      throw new StdinNotImplementedError(
        "prompt: this front end does not take input while it executes a cell",
      );
    const { port1, port2 } = new MessageChannel();
    const signal = new SharedArrayBuffer(4);
    const answer = { port: port2, signal };
    report(
      { type: "input", cell: cell.id, prompt: String(message), password, answer, position: ring.position },
      [port2],
    );
    Atomics.wait(new Int32Array(signal), 0, 0);
    const line = receiveMessageOnPort(port1)?.message as string;
    port1.close();
    return line;
  };
}
