import { Session } from "node:inspector";
import { limitError, type MemoryLimit, memoryLimit, mib } from "./memory-limit";
import type { ErrorContent } from "./protocol";

const POLL_MS = 20;
/** How often to look when a limit may be near, in ms: a loop fills 2 MiB of the heap a millisecond. */
const NEAR_POLL_MS = 10;
/** So many looks in a row must find too much: garbage would have been collected in between. */
const HEAP_LOOKS = 12;
const MEMORY_LOOKS = 2;
/** A heap that would be full so soon, in ms, is not looked at again. */
const PATIENCE_MS = 30;
const MIB = 1 << 20;
/** A process that holds more than this, in bytes, may end at once: where it outgrows one of V8's limits or the machine. */
const HEAVY = 1024 * MIB;
/** The part of a heap's limit that only young objects can take, at most, where V8 has chosen the limit. */
const YOUNG_PART = 1 / 20;
/**
 * With less than this part of the heap left, V8 is about to end the process: an array of objects that grows asks at
 * once for 3/10 of what it and they take.
 */
const HEAP_RESERVE = 1 / 4;

/** Told of a cell's memory. */
export type MemoryListener = {
  /** Called once when the process holds more than an ordinary cell needs. */
  onHeavy(): void;
  /** Called once when the heap or the memory is nearly full, with the error to tell. */
  onLimit(error: ErrorContent): void;
};

/**
 * Watches the memory of a running cell from the protocol's thread. The main thread has no part in it until the whole
 * process holds about as much as its heap may; then it is asked what it uses.
 */
export class MemoryWatch {
  readonly #memory: MemoryLimit = memoryLimit();
  readonly #oldLimit: number;
  readonly #lowest: number;
  #threshold: number;
  #used = 0;
  /** When `#used` was asked, and how long it would take the heap to fill at the pace since the look before, in ms. */
  #askedAt = 0;
  #timeLeft = Number.POSITIVE_INFINITY;
  #main: Session | undefined;

  /** @param heapLimit where V8 ends the process, in bytes of the main thread's heap */
  constructor(private readonly heapLimit: number) {
    this.#oldLimit = oldGenerationLimit(heapLimit);
    this.#lowest = this.#oldLimit * (1 - HEAP_RESERVE);
    this.#threshold = this.#lowest;
  }

  /** What to tell of a process that ended before its cell could be stopped. */
  get sudden(): ErrorContent {
    return limitError(
      `heap limit of ${mib(this.heapLimit)} MiB reached, or that of a single array or table: the kernel's process ended, and its variables are lost`,
      "run the cells again with less data, or start Jupyter with NODE_OPTIONS=--max-old-space-size=MIB for a larger heap",
    );
  }

  /** Watches until it is stopped by the function that it returns. */
  start({ onHeavy, onLimit }: MemoryListener): () => void {
    let stopped = false;
    let heavy = false;
    let looks = 0;
    let timer: NodeJS.Timeout;
    const look = async (): Promise<void> => {
      const size = process.memoryUsage.rss();
      if (!heavy && size > Math.min(HEAVY, this.#oldLimit / 2)) {
        heavy = true;
        onHeavy();
      }
      const memoryError = this.#memoryError(size);
      const error = memoryError ?? (await this.#heapError(size));
      if (stopped) return;
      looks = error ? looks + 1 : 0;
      const enough = memoryError
        ? looks >= MEMORY_LOOKS
        : looks >= HEAP_LOOKS || this.#timeLeft < PATIENCE_MS;
      if (error && enough) {
        this.#raiseThreshold();
        onLimit(error);
        return;
      }
      timer = setTimeout(look, error || size >= this.#lowest ? NEAR_POLL_MS : POLL_MS);
    };
    timer = setTimeout(look, POLL_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }

  close(): void {
    this.#main?.disconnect();
  }

  async #heapError(size: number): Promise<ErrorContent | undefined> {
    if (size < this.#lowest) return undefined;
    await this.#askHeap();
    if (this.#used < this.#lowest) this.#threshold = this.#lowest;
    if (this.#used < this.#threshold) return undefined;
    return limitError(
      `heap limit of ${mib(this.heapLimit)} MiB reached: the cell was stopped when variables and objects took ${mib(this.#used)} MiB`,
      "set large variables to undefined, restart the kernel, or start Jupyter with NODE_OPTIONS=--max-old-space-size=MIB for a larger heap",
    );
  }

  /** What a stopped cell leaves behind may be used on: the next one gets half of what is free. */
  #raiseThreshold(): void {
    if (this.#used >= this.#threshold) this.#threshold = (this.#used + this.#oldLimit) / 2;
  }

  #memoryError(size: number): ErrorContent | undefined {
    if (!this.#memory.isReached(size)) return undefined;
    return limitError(
      `memory limit of ${mib(this.#memory.limit)} MiB reached: the cell was stopped when the kernel took ${mib(size)} MiB`,
      "set large variables to undefined, or restart the kernel",
    );
  }

  /** Asks what the main thread's heap holds; answered within milliseconds also while it runs a loop. */
  async #askHeap(): Promise<void> {
    const used = await this.#heapUsed();
    const now = performance.now();
    const pace = (used - this.#used) / (now - this.#askedAt);
    this.#timeLeft = pace > 0 ? (this.#oldLimit - used) / pace : Number.POSITIVE_INFINITY;
    this.#used = used;
    this.#askedAt = now;
  }

  #heapUsed(): Promise<number> {
    if (!this.#main) {
      this.#main = new Session();
      this.#main.connectToMainThread();
    }
    const main = this.#main;
    return new Promise((resolve, reject) => {
      main.post("Runtime.getHeapUsage", (error, usage?: object) =>
        error ? reject(error) : resolve((usage as { usedSize: number }).usedSize),
      );
    });
  }
}

/** What objects that last may take of a heap, in bytes: what Node.js was told, which has a young generation beside it. */
function oldGenerationLimit(heapLimit: number): number {
  const options = [process.env.NODE_OPTIONS ?? "", ...process.execArgv].join(" ");
  const told = [...options.matchAll(/--max[-_]old[-_]space[-_]size=(\d+)/g)].at(-1)?.[1];
  return told === undefined ? heapLimit * (1 - YOUNG_PART) : Math.min(Number(told) * MIB, heapLimit);
}
