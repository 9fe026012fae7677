import type { TransferListItem } from "node:worker_threads";
import type { EmitOptions } from "../compiler/emit-options";
import type { SourceMapPayload } from "../compiler/types";
import type { CommMessageType, ErrorContent, Json } from "../protocol";
import type { RingMemory } from "../ring";
import type { Usage } from "./usage";

/** Flags that both threads read and write without waiting for each other. */
export const COOPERATING = 0;
export const INTERRUPT_REQUESTED = 1;
/** The cell whose code ran last: its id. */
export const RUNNING_CELL = 2;

export const FLAGS_BYTES = 3 * Int32Array.BYTES_PER_ELEMENT;

/** What the protocol's thread is started with. */
export type WorkerData = {
  connectionFile: string;
  cwd: string;
  /** The process that started the kernel. */
  parent: number;
  ring: RingMemory;
  flags: SharedArrayBuffer;
  /** The memory of `limitFlow`. */
  flow: SharedArrayBuffer;
  /** Where V8 ends the process, in bytes of the main thread's heap. */
  heapLimit: number;
};

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
  /** How local modules are emitted from now on; absent for a script of the kernel's own. */
  emitOptions?: EmitOptions | undefined;
  allowStdin: boolean;
};

/** A message of a comm, from a front end or for it. `buffers` are raw bytes beside the content. */
export type CommMessage = {
  message: CommMessageType;
  id: string;
  /** The name under which the other side is asked to take the comm, in `comm_open`. */
  target?: string | undefined;
  data: Json;
  metadata: Json;
  buffers: Uint8Array[];
};

/** A comm's message to hand over to its handlers. */
export type Delivery = CommMessage & { evaluation: number };

/** What the main thread is asked to run, one at a time. */
export type Work = ({ type: "evaluate" } & Evaluation) | ({ type: "comm" } & Delivery);

/** Ends the code that runs, or ran last, with an error, whichever cell it belongs to. The same `stop` counts once. */
export type Stop = {
  type: "stop";
  stop: number;
  /** The work that was running when this was sent: if it has ended, there is nothing to stop. */
  evaluation: number | undefined;
  error: ErrorContent;
};

/** From the protocol's thread to the main thread. */
export type RunnerRequest =
  | Work
  | { type: "interrupt"; evaluation: number }
  | Stop
  | { type: "ping" }
  | { type: "exit" };

/** How an evaluation ended. `bundle` is a MIME bundle as JSON, absent where there is nothing to show; `usage` is its time. */
export type Outcome =
  | { status: "ok"; bundle?: string | undefined; usage?: Usage }
  | { status: "error"; error: ErrorContent };

/** From the main thread to the protocol's thread. `position` is that of the output ring when it was sent. */
export type RunnerReport =
  | { type: "finished"; evaluation: number; outcome: Outcome; position: number }
  | { type: "idle"; evaluation: number }
  | { type: "stopped"; stop: number }
  | { type: "pong" }
  | { type: "terminate" }
  | { type: "wake" }
  | {
      type: "display";
      cell: number;
      /** The content of the message in bytes: whatever its size, no thread copies or parses it again. */
      content: Uint8Array<ArrayBuffer>;
      update: boolean;
      position: number;
    }
  | { type: "clear"; cell: number; wait: boolean; position: number }
  | { type: "error"; cell: number; error: ErrorContent; position: number }
  | ({ type: "comm"; cell: number; position: number } & CommMessage)
  | {
      type: "input";
      cell: number;
      prompt: string;
      password: boolean;
      answer: MessagePortLike;
      position: number;
    };

/** Sends a report; what is in `transfer` is moved to the other thread, not copied. */
export type Report = (report: RunnerReport, transfer?: TransferListItem[]) => void;

/** Where the main thread waits for a line of input: `signal[0]` becomes 1 when the answer is in the port. */
export type MessagePortLike = { port: import("node:worker_threads").MessagePort; signal: SharedArrayBuffer };
