import { writeSync } from "node:fs";

/** Writes a line for the operator of the Jupyter server, past the streams that are captured for cells. */
export function log(text: string): void {
  try {
    writeSync(2, `[typescript-kernel] ${text}\n`);
  } catch {
    // Nobody is left to read it.
  }
}
