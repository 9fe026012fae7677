import type { MimeBundle } from "./protocol";

/** Where `globalThis` holds the kernel's services for libraries that run in a cell. */
export const HOST = Symbol.for("jupyter.kernel");

/** A method under this symbol says how a value is shown: it returns a MIME bundle, or a promise of one. */
export const DISPLAY = Symbol.for("Jupyter.display");

export type DisplayOptions = {
  /** Names the output, so that a later call can replace it. */
  displayId?: string;
  /** Replaces what was shown under `displayId` in place of showing it anew. */
  update?: boolean;
  metadata?: Record<string, unknown>;
};

/** What a comm's message carries. `buffers` are raw bytes, which travel beside the JSON of `data`. */
export type CommContent = {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  buffers: (ArrayBufferView | ArrayBufferLike)[];
};

/** The content of a message that arrived. */
export type ReceivedComm = CommContent & { buffers: Uint8Array[] };

/** What it prints and shows stands under the cell that opened the comm; the next cell waits for its promise. */
export type CommHandler = (message: ReceivedComm) => unknown;

/**
 * A channel between an object of the user's code and one in the front end
 * (https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages).
 */
export interface Comm {
  readonly id: string;
  /** The name under which the other side was asked to take the comm. */
  readonly target: string;
  readonly closed: boolean;
  /** Sends a message. Throws when the comm is closed. */
  send(data: Record<string, unknown>, content?: Partial<Omit<CommContent, "data">>): void;
  /** Ends the comm on both sides; to close it again does nothing. */
  close(data?: Record<string, unknown>): void;
  onMessage(handler: CommHandler): void;
  /** Called when the front end closes the comm. */
  onClose(handler: CommHandler): void;
}

export interface CommHost {
  /** Opens a comm to what the front end has under the name `target`. */
  open(target: string, content?: Partial<CommContent> & { id?: string }): Comm;
  /** Takes the comms that a front end opens under the name `target`. A later call takes the place of an earlier one. */
  registerTarget(target: string, onOpen: (comm: Comm, message: ReceivedComm) => unknown): void;
}

/** An output that is captured, as a notebook's file would hold it, or the wish to clear those before it. */
export type CapturedOutput =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string }
  | {
      output_type: "display_data";
      data: MimeBundle;
      metadata: Record<string, unknown>;
      displayId?: string | undefined;
      update: boolean;
    }
  | { output_type: "clear"; wait: boolean };

/** The kernel's services for libraries that run in a cell, at `globalThis[Symbol.for("jupyter.kernel")]`. */
export interface KernelHost {
  /** Shows a MIME bundle under the running cell. */
  display(bundle: MimeBundle, options?: DisplayOptions): void;
  /** The MIME bundle of a value as the cell's result shows it, ready for JSON: bytes are in base64. */
  format(value: unknown): MimeBundle;
  /** Clears the cell's output: at once, or with the next output if `wait`. */
  clearOutput(wait?: boolean): void;
  /** Runs `work`; what it prints and shows, also later in its timers and promises, goes to `receive` in place of the cell. */
  capture<T>(receive: (output: CapturedOutput) => void, work: () => T): T;
  comms: CommHost;
  interrupt: {
    /** True after the user interrupted the cell, inside `cooperate`. */
    requested(): boolean;
    /**
     * While `work` runs, an interrupt only sets `requested()`, and the work stops by itself at its next check. A
     * second interrupt, or two seconds without stopping, ends the cell as anywhere else.
     */
    cooperate<T>(work: () => Promise<T>): Promise<T>;
  };
}
