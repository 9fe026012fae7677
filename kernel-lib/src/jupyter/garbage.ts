import { Session } from "node:inspector";
import { getHeapStatistics } from "node:v8";
import { measure } from "./runner/usage";

/** How long nothing must have been done, in ms: a cell that comes meanwhile waits some 20 ms. */
const REST_MS = 300;
/** Code that takes this part of a processor is no rest: its memory has to be watched. */
const BUSY = 1 / 4;
/** Less than this is left alone, in bytes. */
const WORTHWHILE = 2 ** 21;

/**
 * Frees what is no longer needed, once nobody waits for it. V8 by itself looks at old objects only when there are many, or
 * after many seconds without work.
 */
export class Garbage {
  readonly #session = new Session();
  #timer: NodeJS.Timeout | undefined;
  #usage = measure();
  #kept = 0;

  /**
   * @param isWatched whether the memory may be near a limit: what a collection takes would look like user code
   * @param collectElsewhere lets other processes free what they no longer need
   */
  constructor(
    private readonly isWatched: () => boolean,
    private readonly collectElsewhere: () => void,
  ) {
    this.#session.connect();
  }

  /** Notes the end of some work. */
  rest(): void {
    this.#timer ??= setTimeout(() => this.#collect(), REST_MS).unref();
    this.#timer.refresh();
    this.#usage = measure();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#session.disconnect();
  }

  #collect(): void {
    const { wall, user, system } = this.#usage();
    if (this.isWatched() || user + system > wall * BUSY) {
      this.rest();
      return;
    }
    this.collectElsewhere();
    if (getHeapStatistics().used_heap_size - this.#kept > WORTHWHILE)
      this.#session.post("HeapProfiler.collectGarbage", () => {
        this.#kept = getHeapStatistics().used_heap_size;
      });
  }
}
