import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Connection } from "./connection";

/** A message that is ready to be sent: its channel, and its frames in base64. */
export type WrittenMessage = { channel: "iopub" | "shell" | "control"; frames: string[] };

/** What the witness is told, one JSON text a line: first the connection, then the messages of each dangerous cell. */
export type WitnessLine = { connection: Connection } | { messages: WrittenMessage[] };

/**
 * Messages for the case that the process ends at once: V8 does that where an array or a table outgrows its limits, and
 * the system where memory runs out. A witness, which is a process of its own, sends them in the kernel's place. It is
 * started with the first cell that takes much memory.
 */
export class LastWords {
  #witness: ChildProcess | undefined;

  constructor(private readonly connection: Connection) {}

  /** These messages are sent if the process ends before `forget` is called. */
  leave(messages: WrittenMessage[]): void {
    if (!this.#witness) {
      this.#witness = spawn(process.execPath, [join(__dirname, "witness.js")], {
        stdio: ["pipe", "ignore", "ignore"],
        // A server that ends the kernel's process group must not end it too.
        detached: true,
        windowsHide: true,
      });
      this.#witness.on("error", () => {}); // without a witness the kernel just ends
      this.#witness.stdin!.on("error", () => {});
      this.#tell({ connection: this.connection });
    }
    this.#tell({ messages });
  }

  forget(): void {
    if (this.#witness) this.#tell({ messages: [] });
  }

  close(): void {
    this.forget();
    this.#witness?.stdin?.end();
  }

  #tell(line: WitnessLine): void {
    this.#witness!.stdin!.write(`${JSON.stringify(line)}\n`);
  }
}
