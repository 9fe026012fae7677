import { availableParallelism } from "node:os";
import { Arena } from "./arena";
import type { Job } from "./job";
import type { SequenceShape } from "./plan";
import { type RecurrentInput, RecurrentRun, type RecurrentWeights } from "./recurrent";
import type { Runner } from "./runner";
import type { TaskName } from "./tasks";
import { Team } from "./team";
import { type EngineName, toolsOf } from "./tools";

/** Rows and columns are shared out in blocks, so that more threads than this rarely find work. */
const MOST_THREADS = 16;

/**
 * Runs whole sequences through recurrent layers in float32, with the weights of `cells/`. `wasm` gives the same bits
 * on every machine and for every number of threads; `native` is faster where a BLAS is found; `plain` is for tests.
 */
export class Engine implements Runner {
  readonly name: EngineName;
  readonly threads: number;
  readonly arena = new Arena();
  private readonly team: Team;

  constructor(name: EngineName, { threads = Math.min(availableParallelism(), MOST_THREADS) } = {}) {
    if (!(Number.isInteger(threads) && threads > 0))
      throw new RangeError(`Engine: threads: expected a whole number > 0, got ${threads}`);
    this.name = name;
    this.threads = name === "plain" ? 1 : threads;
    this.team = new Team(this.threads, name, this.arena.memory, toolsOf(name, this.arena.memory));
  }

  /** Runs a layer forward over a batch of sequences. Call `release` on the result when it is no longer needed. */
  recurrent(shape: SequenceShape, weights: RecurrentWeights, input: RecurrentInput): RecurrentRun {
    return new RecurrentRun(this, shape, weights, input);
  }

  run(job: Job, tasks: readonly TaskName[]): void {
    this.team.run(job, tasks);
  }
  forget(job: Job): void {
    this.team.forget(job);
  }

  /** Ends the threads; the engine can't be used afterwards. */
  close(): void {
    this.team.close();
  }
}
