import type { Compiler } from "../compiler/types";
import type { Json } from "../protocol";
import type { Outcome } from "../runner/messages";

/** A line or cell that asks something of the kernel, in Jupyter's own notation: `%time …`, `%%html`, `!ls`. */
export interface Magic {
  /** As it is written, with its mark: `%time`, `%%html`, `!`. */
  readonly name: string;
  /** Its name with what may follow it. */
  readonly usage: string;
  readonly documentation: string;
  /** What follows it: a statement, the rest of its line, the rest of the cell as code, or as mere text. */
  readonly takes: "statement" | "line" | "code" | "text";
  /** What is wrong with its argument, if something is: the cell is refused before it runs. */
  problem?(argument: string): string | undefined;
  run(call: MagicCall, kernel: MagicKernel): Promise<Outcome>;
}

/** A magic in a cell, with what it was given: the rest of its line (or its text), and the code that it is about. */
export interface MagicCall {
  readonly magic: Magic;
  readonly argument: string;
  readonly steps: readonly Step[];
}

/** Statements of a cell that run together, by the offsets of their text. */
export interface CodeStep {
  readonly start: number;
  readonly end: number;
}

/** A part of a cell, in the order in which its parts run. */
export type Step = CodeStep | MagicCall;

/** What a magic may do while its cell runs. */
export interface MagicKernel {
  readonly compiler: Compiler;
  /** Aborted when the user interrupts the cell. */
  readonly signal: AbortSignal;
  /** Whether the front end takes input from the user. */
  readonly allowStdin: boolean;
  /** Runs parts of the cell one after the other, up to the first that fails; the outcome is that of the last. */
  run(steps: readonly Step[]): Promise<Outcome>;
  /** Runs JavaScript of the kernel's own on the main thread. */
  evaluate(js: string): Promise<Outcome>;
  /** Publishes a message under the cell. */
  publish(type: string, content: Json): void;
}
