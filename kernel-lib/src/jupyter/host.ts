import type { MimeBundle } from "./protocol";

/** Where `globalThis` holds the kernel's services for libraries that run in a cell. */
export const HOST = Symbol.for("jupyter.kernel");

/** A method under this symbol says how a value is shown: it returns a MIME bundle. */
export const DISPLAY = Symbol.for("Jupyter.display");

export type DisplayOptions = {
  /** Names the output, so that a later call can replace it. */
  displayId?: string;
  /** Replaces what was shown under `displayId` in place of showing it anew. */
  update?: boolean;
  metadata?: Record<string, unknown>;
};

/** The kernel's services for libraries that run in a cell, at `globalThis[Symbol.for("jupyter.kernel")]`. */
export interface KernelHost {
  /** Shows a MIME bundle under the running cell. */
  display(bundle: MimeBundle, options?: DisplayOptions): void;
  /** Clears the cell's output: at once, or with the next output if `wait`. */
  clearOutput(wait?: boolean): void;
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
