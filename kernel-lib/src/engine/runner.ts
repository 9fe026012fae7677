import type { Arena } from "./arena";
import type { Job } from "./job";
import type { TaskName } from "./tasks";

/** What a layer's run needs of the engine. */
export interface Runner {
  readonly arena: Arena;
  readonly threads: number;
  /** All threads run tasks of a job, one after the other. */
  run(job: Job, tasks: readonly TaskName[]): void;
  /** Lets the threads forget a job that is over. */
  forget(job: Job): void;
}
