import { setImmediate, setTimeout } from "node:timers";
import type { ErrorContent } from "../protocol";
import { type RingMemory, RingWriter } from "../ring";
import { currentCell, followCells, isPartOf, type RunningCell, resetCell, stoppedCell } from "./cells";
import { Comms } from "./comms";
import { describeError, plainError } from "./errors";
import { type Completion, Evaluator } from "./evaluate";
import { createHost, defineGlobals } from "./globals";
import { createImporter, type Importer } from "./imports";
import { cooperativeInterrupts, INTERRUPTED, terminateBy } from "./interrupt";
import { catchUncaught, exitProcess, forbidExit } from "./lifecycle";
import {
  type Delivery,
  type Evaluation,
  type Outcome,
  type Report,
  RUNNING_CELL,
  type RunnerRequest,
  type Stop,
} from "./messages";
import { conclude, createDisplay } from "./show";
import { mapStackTraces } from "./stack-traces";
import { createPrompt } from "./stdin";
import { captureStreams, STDERR, writeText } from "./streams";
import { tslabModule } from "./tslab";
import { measure } from "./usage";

/** A rejection that nobody handled is shown at the end of its cell, or after this time where the cell goes on. */
const REJECTION_PATIENCE_MS = 1000;

type Running = {
  evaluation: number;
  cell: RunningCell;
  /** Whether it is a comm's message: nobody asked for an answer, so that its errors are shown in the cell. */
  delivery: boolean;
  /** Rejections of this cell that no code has handled yet. */
  rejections: Map<Promise<unknown>, { error: ErrorContent; shown: boolean }>;
  /** What it shows when promises are settled. */
  shown: Promise<void>[];
};

/** Runs cells on the main thread, and answers to the protocol's thread. */
export class Runner {
  readonly #evaluator = new Evaluator();
  readonly #ring: RingWriter;
  readonly #flags: SharedArrayBuffer;
  readonly #report: Report;
  readonly #interrupts: ReturnType<typeof cooperativeInterrupts>;
  readonly #comms: Comms;
  #running: Running | undefined;
  #cell: RunningCell = currentCell();
  #importer: Importer | undefined;
  #stops = 0;

  constructor(ring: RingMemory, flags: SharedArrayBuffer, report: Report) {
    this.#report = report;
    this.#flags = flags;
    this.#ring = new RingWriter(ring, () => report({ type: "wake" }));
    this.#interrupts = cooperativeInterrupts(flags);
    this.#comms = new Comms((message, { id }) => {
      const transfer = message.buffers.map(({ buffer }) => buffer as ArrayBuffer);
      report({ type: "comm", cell: id, position: this.#ring.position, ...message }, transfer);
    });
  }

  /** Sets up the globals of cells, and what the kernel catches of the process. */
  prepare(folder: string): void {
    followCells(
      terminateBy(() => this.#report({ type: "terminate" })),
      new Int32Array(this.#flags).subarray(RUNNING_CELL),
    );
    mapStackTraces();
    captureStreams(this.#ring);
    forbidExit();
    catchUncaught({
      exception: (error, cell) => this.#uncaught(error, cell),
      rejection: (error, cell, promise) => this.#rejected(error, cell, promise),
      handledLater: (promise) => this.#running?.rejections.delete(promise),
    });
    const host = createHost(this.#report, this.#ring, this.#comms, this.#interrupts);
    this.#importer = createImporter(folder, { tslab: tslabModule(host) });
    const prompt = createPrompt(this.#report, this.#ring);
    const display = createDisplay(host, (shown) => {
      const running = this.#running;
      if (running && isPartOf(currentCell(), running.cell)) running.shown.push(shown);
    });
    defineGlobals(host, this.#importer, { prompt, display });
  }

  handle(request: RunnerRequest): void {
    switch (request.type) {
      case "evaluate":
        this.#evaluate(request);
        break;
      case "comm":
        this.#deliver(request);
        break;
      case "interrupt":
        this.#interrupt(request.evaluation);
        break;
      case "stop":
        this.#stop(request);
        break;
      case "ping":
        this.#report({ type: "pong" });
        break;
      case "exit":
        exitProcess(0);
    }
  }

  #evaluate(evaluation: Evaluation): void {
    const cell =
      this.#cell.id === evaluation.cell && !this.#cell.interrupted
        ? this.#cell
        : { id: evaluation.cell, allowStdin: evaluation.allowStdin, interrupted: false };
    this.#cell = cell;
    if (evaluation.emitOptions) this.#importer?.emitAs(evaluation.emitOptions);
    this.#evaluator.evaluate(evaluation, cell, this.#begin(evaluation.evaluation, cell, false));
  }

  #deliver(message: Delivery): void {
    const { id, capture } = this.#comms.cellOf(message);
    const cell = { id, allowStdin: false, interrupted: false, capture };
    const done = this.#begin(message.evaluation, cell, true);
    this.#evaluator.call(() => this.#comms.deliver(message), cell, done);
  }

  /** Notes what runs from now on, and returns what is to be called at its end. */
  #begin(evaluation: number, cell: RunningCell, delivery: boolean): (completion: Completion) => void {
    const running: Running = { evaluation, cell, delivery, rejections: new Map(), shown: [] };
    this.#running = running;
    this.#interrupts.reset();
    const used = measure();
    return async (completion) => {
      if (this.#running !== running) return;
      const outcome = await conclude(completion, used(), running.shown);
      // One turn of the event loop, so that rejections of this cell are known by its end.
      setImmediate(() => this.#finish(running, outcome));
    };
  }

  #interrupt(evaluation: number): void {
    const running = this.#running;
    if (running?.evaluation !== evaluation) {
      this.#report({ type: "idle", evaluation });
      return;
    }
    running.cell.interrupted = true;
    this.#finish(running, { status: "error", error: plainError(INTERRUPTED.ename, INTERRUPTED.evalue) });
  }

  #stop({ stop, evaluation, error }: Stop): void {
    const isOver = evaluation !== undefined && evaluation !== this.#running?.evaluation;
    if (stop > this.#stops && !isOver) this.#stopCell(error);
    this.#stops = stop;
    this.#report({ type: "stopped", stop });
  }

  /** The code may be a timer's or a promise's of a cell that has ended, which is told once. */
  #stopCell(error: ErrorContent): void {
    const cell = stoppedCell();
    const isKnown = cell.interrupted;
    cell.interrupted = true;
    resetCell();
    const running = this.#running;
    if (running && isPartOf(cell, running.cell)) this.#finish(running, { status: "error", error });
    else if (!isKnown) this.#report({ type: "error", cell: cell.id, error, position: this.#ring.position });
  }

  #finish(running: Running, outcome: Outcome): void {
    if (this.#running !== running) return;
    this.#running = undefined;
    const hidden = [...running.rejections.values()];
    const first = hidden.find(({ shown }) => !shown) ?? hidden[0];
    const rejected = outcome.status === "ok" && first;
    for (const rejection of hidden) {
      if (!rejection.shown && !(rejected && rejection === first))
        this.#writeError(rejection.error, running.cell);
    }
    const final: Outcome = rejected ? { status: "error", error: first.error } : outcome;
    const { position } = this.#ring;
    if (running.delivery && final.status === "error")
      this.#report({ type: "error", cell: running.cell.id, error: final.error, position });
    this.#report({ type: "finished", evaluation: running.evaluation, outcome: final, position });
  }

  #uncaught(error: unknown, cell: RunningCell): void {
    if (cell.interrupted) return;
    const described = describeError(error);
    const running = this.#running;
    if (running?.cell === cell) this.#finish(running, { status: "error", error: described });
    else this.#writeError(described, cell);
  }

  #rejected(error: unknown, cell: RunningCell, promise: Promise<unknown>): void {
    if (cell.interrupted) return;
    const rejection = { error: describeError(error), shown: false };
    const running = this.#running;
    if (running?.cell !== cell) {
      this.#writeError(rejection.error, cell);
      return;
    }
    running.rejections.set(promise, rejection);
    setTimeout(() => {
      if (this.#running !== running || !running.rejections.has(promise)) return;
      rejection.shown = true;
      this.#writeError(rejection.error, cell);
    }, REJECTION_PATIENCE_MS);
  }

  #writeError({ traceback }: ErrorContent, cell: RunningCell): void {
    writeText(this.#ring, STDERR, `Uncaught ${traceback.join("\n")}\n`, cell);
  }
}
