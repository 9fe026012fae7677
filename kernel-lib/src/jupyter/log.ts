import { writeSync } from "node:fs";

/** A message may be as long as its sender likes. */
const MAX_CHARS = 4000;

/** Writes a line for the operator of the Jupyter server, past the streams that are captured for cells. */
export function log(text: string): void {
  try {
    writeSync(2, `[typescript-kernel] ${text.slice(0, MAX_CHARS)}\n`);
  } catch {
    // Nobody is left to read it.
  }
}
