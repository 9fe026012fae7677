import type { RecurrentRun } from "../engine/recurrent";
import type { TensorFlow } from "./tensorflow";

/**
 * Runs of the engine that a gradient may still ask for. TensorFlow.js records operations on a tape, and drops the tape
 * without a word to them when a layer turns out to have no part in the gradient, or when an error ends the forward
 * pass. So every run is kept under its tape, and when the next tape (or none) is seen, what is left is released: at
 * most one tape's runs are ever held.
 */
export class OpenRuns {
  private tape: unknown;
  private readonly runs = new Set<RecurrentRun>();

  /** Releases the runs of tapes that are gone; true if the present operation is being recorded. */
  recording(tf: TensorFlow): boolean {
    const { activeTape, gradientDepth } = tf.engine().state;
    if (activeTape !== this.tape) for (const run of this.runs) this.release(run);
    this.tape = activeTape;
    return gradientDepth > 0;
  }

  /** Holds a run of the present tape until its gradient is asked for. */
  hold(run: RecurrentRun): void {
    this.runs.add(run);
  }

  /** Gives the run's room back. */
  release(run: RecurrentRun): void {
    this.runs.delete(run);
    run.release();
  }
}
