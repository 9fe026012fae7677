import { MainHeap } from "./main-heap";
import { limitError, type MemoryLimit, memoryLimit, mib } from "./memory-limit";
import type { ErrorContent } from "./protocol";

const POLL_MS = 20;
/** How often to look when a limit may be near, in ms: a loop fills 2 MiB of the heap a millisecond. */
const NEAR_POLL_MS = 10;
/** How often to look at most while no cell runs and there is room, in ms. */
const REST_POLL_MS = 250;
/** So many looks in a row must find too much before garbage is collected to see: mostly V8 does so in between. */
const HEAP_LOOKS = 12;
const MEMORY_LOOKS = 2;
/** A heap that would be full so soon, in ms, is not looked at again. */
const PATIENCE_MS = 30;
const MIB = 1 << 20;
/** No code is expected to fill memory faster, in bytes a ms. */
const FASTEST = 4 * MIB;
/** A process that holds more than this, in bytes, may end at once: where it outgrows one of V8's limits or the machine. */
const HEAVY = 1024 * MIB;
/** The part of a heap's limit that only young objects can take, at most, where V8 has chosen the limit. */
const YOUNG_PART = 1 / 20;
/**
 * With less than this part of the heap left, V8 is about to end the process: an array of objects that grows asks at
 * once for 3/10 of what it and they take.
 */
const HEAP_RESERVE = 1 / 4;

/** Told of the memory that user code takes. */
export type MemoryListener = {
  /** Called once for each cell, and for what goes on after it, when the process may end at once. */
  onHeavy(): void;
  /** Called when the heap or the memory is nearly full, with the error to tell. */
  onLimit(error: ErrorContent): void;
};

/**
 * Watches the memory from the protocol's thread: closely while a cell runs, and after it as often as a timer or a
 * promise that it left might need. The main thread has no part in it until the whole process holds about as much as
 * its heap may; then it is asked what it uses, and its garbage is collected before anything is stopped.
 */
export class MemoryWatch {
  readonly #memory: MemoryLimit = memoryLimit();
  readonly #oldLimit: number;
  readonly #lowest: number;
  readonly #heavySize: number;
  /** How much more than at rest a process without a running cell holds if code of an earlier one fills it. */
  readonly #growth: number;
  #threshold: number;
  #used = 0;
  readonly #heap = new MainHeap();

  #listener: MemoryListener | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isWorking = false;
  /** Counts the cells and the rests between them: what a look has found is told only in its own. */
  #phase = 0;
  #looks = 0;
  #findings = 0;
  #isHeavy = false;
  /** The least that the process has held in this phase. */
  #atRest = Number.POSITIVE_INFINITY;

  /** @param heapLimit where V8 ends the process, in bytes of the main thread's heap */
  constructor(private readonly heapLimit: number) {
    this.#oldLimit = oldGenerationLimit(heapLimit);
    this.#lowest = this.#oldLimit * (1 - HEAP_RESERVE);
    this.#threshold = this.#lowest;
    this.#heavySize = Math.min(HEAVY, this.#oldLimit / 2);
    this.#growth = this.#oldLimit / 8;
  }

  /** What to tell of a process that ended before its cell could be stopped. */
  get sudden(): ErrorContent {
    return limitError(
      `heap limit of ${mib(this.heapLimit)} MiB reached, or that of a single array or table: the kernel's process ended, and its variables are lost`,
      "run the cells again with less data, or start Jupyter with NODE_OPTIONS=--max-old-space-size=MIB for a larger heap",
    );
  }

  /** Whether the process is so large that its heap may be nearly full. */
  get isNear(): boolean {
    return process.memoryUsage.rss() >= this.#lowest;
  }

  /** Watches until `close`. */
  start(listener: MemoryListener): void {
    this.#listener = listener;
    this.#begin(false);
  }

  /** Says that a cell runs, until the function that it returns is called. */
  work(): () => void {
    this.#begin(true);
    return () => this.#begin(false);
  }

  close(): void {
    this.#phase++;
    clearTimeout(this.#timer);
    this.#heap.close();
  }

  #begin(isWorking: boolean): void {
    this.#isWorking = isWorking;
    this.#phase++;
    this.#looks = 0;
    this.#findings = 0;
    this.#isHeavy = false;
    this.#atRest = Number.POSITIVE_INFINITY;
    this.#lookAfter(POLL_MS);
  }

  #lookAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), ms);
  }

  async #look(): Promise<void> {
    const phase = this.#phase;
    const size = process.memoryUsage.rss();
    this.#atRest = Math.min(this.#atRest, size);
    this.#looks++;
    if (!this.#isHeavy && size > this.#heavySize && this.#isFilling(size)) {
      this.#isHeavy = true;
      this.#listener!.onHeavy();
    }
    const memoryError = this.#memoryError(size);
    const isNear = memoryError !== undefined || (await this.#isHeapNear(size));
    if (phase !== this.#phase) return;
    this.#findings = isNear ? this.#findings + 1 : 0;
    if (isNear && (memoryError ? this.#findings >= MEMORY_LOOKS : this.#isPatienceOver())) {
      this.#findings = 0;
      const error = memoryError ?? (await this.#heapError());
      if (phase !== this.#phase) return;
      if (error) {
        this.#raiseThreshold();
        this.#listener!.onLimit(error);
      }
    }
    this.#lookAfter(this.#pause(size, isNear));
  }

  /** How long nothing need be looked at, in ms. */
  #pause(size: number, isNear: boolean): number {
    if (this.#isWorking) return isNear || size >= this.#lowest ? NEAR_POLL_MS : POLL_MS;
    if (isNear) return NEAR_POLL_MS;
    const untilFull = size < this.#lowest ? this.#lowest - size : this.#threshold - this.#used;
    const untilHeavy = this.#isHeavy
      ? Number.POSITIVE_INFINITY
      : Math.max(this.#heavySize, this.#atRest + this.#growth) - size;
    return Math.min(REST_POLL_MS, Math.max(POLL_MS, Math.min(untilFull, untilHeavy) / FASTEST));
  }

  /** Whether user code may be what fills the process: at rest only where it has grown. */
  #isFilling(size: number): boolean {
    return this.#isWorking || size > this.#atRest + this.#growth;
  }

  /** Whether the heap was found near its limit often enough, or can't be looked at again in time. */
  #isPatienceOver(): boolean {
    return this.#findings >= HEAP_LOOKS || this.#free(this.#used) < FASTEST * PATIENCE_MS;
  }

  /** Whether the heap, with garbage that was not collected yet, holds too much. */
  async #isHeapNear(size: number): Promise<boolean> {
    if (size < this.#lowest) return false;
    this.#used = await this.#heap.used();
    if (this.#used < this.#lowest) this.#threshold = this.#lowest;
    // What a cell has left is no fault of what goes on after it.
    if (!this.#isWorking && this.#looks === 1) this.#raiseThreshold();
    return this.#used >= this.#threshold;
  }

  /** The error of code whose variables and objects, without garbage, take too much of the heap. */
  async #heapError(): Promise<ErrorContent | undefined> {
    this.#used = await this.#heap.usedWithoutGarbage();
    if (this.#used < this.#threshold) return undefined;
    return limitError(
      `heap limit of ${mib(this.heapLimit)} MiB reached: the cell was stopped when variables and objects took ${mib(this.#used)} MiB`,
      "set large variables to undefined, restart the kernel, or start Jupyter with NODE_OPTIONS=--max-old-space-size=MIB for a larger heap",
    );
  }

  /** What a stopped cell leaves behind may be used on: the next one gets half of what is free. */
  #raiseThreshold(): void {
    if (this.#used >= this.#threshold) this.#threshold = this.#used + this.#free(this.#used) / 2;
  }

  /** What is left of the heap, in bytes. Young objects may take more than what is meant for those that last. */
  #free(used: number): number {
    return (used < this.#oldLimit ? this.#oldLimit : this.heapLimit) - used;
  }

  #memoryError(size: number): ErrorContent | undefined {
    if (!this.#memory.isReached(size) || !this.#isFilling(size)) return undefined;
    return limitError(
      `memory limit of ${mib(this.#memory.limit)} MiB reached: the cell was stopped when the kernel took ${mib(size)} MiB`,
      "set large variables to undefined, or restart the kernel",
    );
  }
}

/** What objects that last may take of a heap, in bytes: what Node.js was told, which has a young generation beside it. */
function oldGenerationLimit(heapLimit: number): number {
  const options = [process.env.NODE_OPTIONS ?? "", ...process.execArgv].join(" ");
  const told = [...options.matchAll(/--max[-_]old[-_]space[-_]size=(\d+)/g)].at(-1)?.[1];
  return told === undefined ? heapLimit * (1 - YOUNG_PART) : Math.min(Number(told) * MIB, heapLimit);
}
