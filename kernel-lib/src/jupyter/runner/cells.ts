import { promisify } from "node:util";
import { promiseHooks } from "node:v8";
import type { CapturedOutput } from "../host";

/** A cell as user code on the main thread sees it: the place where output goes. */
export type RunningCell = {
  readonly id: number;
  readonly allowStdin: boolean;
  interrupted: boolean;
  /** Takes what the code prints and shows, in place of the cell. */
  readonly capture?: ((output: CapturedOutput) => void) | undefined;
};

let current: RunningCell = { id: 0, allowStdin: false, interrupted: false };
let latest = current;
let ran = current;
/** Where the id of `ran` is told to the protocol's thread. */
let told: Int32Array = new Int32Array(1);

/** The cell that the running code belongs to, also in a timer or after an `await` when a later cell runs already. */
export function currentCell(): RunningCell {
  return current;
}

/** Makes a cell the one that new code belongs to. */
export function enterCell(cell: RunningCell): void {
  latest = cell;
  run(cell);
}

/** Makes a cell the one that new code belongs to, until that ends: then it is the latest one again. */
export function visitCell(cell: RunningCell): void {
  run(cell);
}

function run(cell: RunningCell): void {
  current = ran = cell;
  told[0] = cell.id;
}

/** The cell whose code was ended without returning; where none was, the one whose code ran last. */
export function stoppedCell(): RunningCell {
  return current === latest ? ran : current;
}

/** Whether code of one cell is code of the other: itself, or what runs in it by `captureIn`. */
export function isPartOf(cell: RunningCell, whole: RunningCell): boolean {
  return cell === whole || Object.prototype.isPrototypeOf.call(whole, cell);
}

/** Runs code of the current cell; what it prints and shows goes to `capture`. */
export function captureIn<T>(capture: (output: CapturedOutput) => void, work: () => T): T {
  const caller = current;
  // Inherits from the cell, so that an interrupt of the cell is one of this code too, and the other way round.
  current = Object.create(caller, {
    capture: { value: capture },
    interrupted: {
      get: () => caller.interrupted,
      set: (interrupted: boolean) => {
        caller.interrupted = interrupted;
      },
    },
  }) as RunningCell;
  try {
    return work();
  } finally {
    current = caller;
  }
}

/** After code ended without returning (it threw, or was interrupted), code belongs to the latest cell again. */
export function resetCell(): void {
  current = latest;
}

let lastChained: Promise<unknown> | undefined;

/** The promise on which `then` was called last, also by V8 itself. */
export function lastChainedPromise(): Promise<unknown> | undefined {
  return lastChained;
}

/** The cell in which a promise was made. */
export function cellOfPromise(promise: Promise<unknown>): RunningCell | undefined {
  return Owner.of(promise);
}

/**
 * Keeps track of the cell across `await` and timers, and calls `terminate` when code of an interrupted cell goes on.
 *
 * AsyncLocalStorage cannot be used: in Node.js 20 it keeps a stack of asynchronous calls which is out of step after
 * an interrupt, and aborts the process.
 *
 * @param cellId where the id of the cell whose code ran last is told
 */
export function followCells(terminate: () => void, cellId: Int32Array<SharedArrayBuffer>): void {
  told = cellId;
  let outer = current;
  promiseHooks.createHook({
    init: (promise, parent: Promise<unknown> | undefined) => {
      new Owner(promise, current);
      lastChained = parent;
    },
    before: (promise) => {
      outer = current;
      run(Owner.of(promise) ?? current);
      if (current.interrupted) terminate();
    },
    after: () => {
      current = outer;
    },
  });
  for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"] as const)
    followTimer(name);
}

type Timer = (callback: (...values: unknown[]) => void, ...values: unknown[]) => unknown;

function followTimer(name: "setTimeout" | "setInterval" | "setImmediate" | "queueMicrotask"): void {
  const timer = globalThis[name] as Timer;
  const followed = {
    [name](callback: (...values: unknown[]) => void, ...rest: unknown[]): unknown {
      if (typeof callback !== "function") return timer(callback, ...rest);
      const cell = current;
      function inCell(this: unknown, ...values: unknown[]): void {
        if (cell.interrupted) return;
        const caller = current;
        run(cell);
        callback.apply(this, values);
        current = caller;
      }
      return timer(inCell, ...rest);
    },
  }[name]!;
  const custom = (timer as unknown as Record<symbol, unknown>)[promisify.custom];
  if (custom) Object.defineProperty(followed, promisify.custom, { value: custom });
  Object.defineProperty(globalThis, name, {
    value: followed,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** A private field on an object of any class: invisible to the user, and cheaper than a WeakMap. */
const Target = class {
  constructor(target: object) {
    // biome-ignore lint/correctness/noConstructorReturn: the returned object is what the field of the subclass is put on
    return target;
  }
};

class Owner extends Target {
  readonly #cell: RunningCell;
  constructor(promise: object, cell: RunningCell) {
    super(promise);
    this.#cell = cell;
  }
  static of(promise: object): RunningCell | undefined {
    return #cell in promise ? promise.#cell : undefined;
  }
}
