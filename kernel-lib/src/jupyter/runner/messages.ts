import type { SourceMapPayload } from "../compiler/compiler";
import type { ErrorContent } from "../protocol";
import type { RingMemory } from "../ring";

/** Flags that both threads read and write without waiting for each other. */
export const COOPERATING = 0;
export const INTERRUPT_REQUESTED = 1;

/** What the protocol's thread is started with. */
export type WorkerData = { connectionFile: string; cwd: string; ring: RingMemory; flags: SharedArrayBuffer };

/** A script to evaluate for a cell. Several evaluations (user expressions) may belong to one cell. */
export type Evaluation = {
  evaluation: number;
  cell: number;
  js: string;
  /** The name of `js` in V8's stack traces, and what it was made from: `cell[3]`, its text, the map between both. */
  sourceUrl: string;
  file: string;
  source: string;
  sourceMap: SourceMapPayload;
  allowStdin: boolean;
};

/** From the protocol's thread to the main thread. */
export type RunnerRequest =
  | ({ type: "evaluate" } & Evaluation)
  | { type: "interrupt"; evaluation: number }
  | { type: "ping" }
  | { type: "exit" };

/** How an evaluation ended. `bundle` is a MIME bundle as JSON, absent where there is nothing to show. */
export type Outcome =
  | { status: "ok"; bundle?: string | undefined }
  | { status: "error"; error: ErrorContent };

/** From the main thread to the protocol's thread. `position` is that of the output ring when it was sent. */
export type RunnerReport =
  | { type: "finished"; evaluation: number; outcome: Outcome; position: number }
  | { type: "idle"; evaluation: number }
  | { type: "pong" }
  | { type: "terminate" }
  | { type: "wake" }
  | {
      type: "display";
      cell: number;
      bundle: string;
      metadata: string;
      displayId?: string | undefined;
      update: boolean;
      position: number;
    }
  | { type: "clear"; cell: number; wait: boolean; position: number }
  | {
      type: "input";
      cell: number;
      prompt: string;
      password: boolean;
      answer: MessagePortLike;
      position: number;
    };

/** Where the main thread waits for a line of input: `signal[0]` becomes 1 when the answer is in the port. */
export type MessagePortLike = { port: import("node:worker_threads").MessagePort; signal: SharedArrayBuffer };
