import { Session } from "node:inspector";
import type { MessagePort } from "node:worker_threads";
import type { ErrorContent } from "./protocol";
import { plainError } from "./runner/errors";
import { INTERRUPTED } from "./runner/interrupt";
import {
  COOPERATING,
  INTERRUPT_REQUESTED,
  type Outcome,
  RUNNING_CELL,
  type RunnerReport,
  type RunnerRequest,
  type Work,
} from "./runner/messages";

/** How long a cell that stops by itself may take to do so, in ms. */
const COOPERATION_MS = 2000;
/** How long the main thread may take to answer if it is not busy, in ms. */
const ANSWER_MS = 4;
/** How long the main thread may take to answer before it counts as busy with what a cell has left behind, in ms. */
const BUSY_MS = 25;
/** How often a busy main thread is told again, in ms. */
const RETRY_MS = 20;
/** A termination that so many answers have not met is not under way any more. */
const MOST_QUESTIONS = 50;

const INTERRUPTED_ERROR = plainError(INTERRUPTED.ename, INTERRUPTED.evalue);

/** What the protocol's handlers need of the main thread. */
export type MainThread = Pick<RemoteRunner, "cooperates" | "nextEvaluation" | "run" | "interrupt">;

type Running = {
  evaluation: number;
  outcome: Promise<Outcome>;
  finish(outcome: Outcome): void;
};

/** The main thread as the protocol's thread sees it: it does one work at a time, and can be interrupted. */
export class RemoteRunner {
  readonly #main = new Session();
  readonly #flags: Int32Array;
  #running: Running | undefined;
  #evaluations = 0;
  #responsive: Promise<void> = Promise.resolve();
  /** Who waits for the main thread to say that it is free. */
  readonly #pings = new Set<() => void>();
  /** Terminations that were asked for, and have not happened yet. */
  #terminations = 0;
  #stops = 0;
  #stopped: (() => void) | undefined;

  constructor(
    private readonly port: MessagePort,
    flags: SharedArrayBuffer,
  ) {
    this.#flags = new Int32Array(flags);
    this.#main.connectToMainThread();
  }

  send(request: RunnerRequest): void {
    this.port.postMessage(request);
  }

  /** Ends the process. An inspector that is still connected would keep it waiting. */
  exit(): void {
    this.#main.disconnect();
    this.send({ type: "exit" });
  }

  /** A number for the next work, by which its end and its interrupt are known. */
  nextEvaluation(): number {
    return ++this.#evaluations;
  }

  /** Has work done. The promise is never rejected: an interrupt is an outcome too. */
  async run(work: Work): Promise<Outcome> {
    await this.#responsive;
    let finish!: Running["finish"];
    const outcome = new Promise<Outcome>((resolve) => {
      finish = resolve;
    });
    this.#running = { evaluation: work.evaluation, outcome, finish };
    this.send(work);
    try {
      return await outcome;
    } finally {
      this.#running = undefined;
    }
  }

  /** Takes the main thread's answers. */
  report(report: RunnerReport): void {
    if (report.type === "pong") {
      for (const answered of this.#pings) answered();
      this.#pings.clear();
    } else if (report.type === "stopped" && report.stop === this.#stops) this.#stopped?.();
    else if (report.type === "terminate") this.#terminate();
    else if (report.type === "finished" && report.evaluation === this.#running?.evaluation)
      this.#running.finish(report.outcome);
    else if (report.type === "idle" && report.evaluation === this.#running?.evaluation)
      this.#running.finish(interrupted());
  }

  /** Whether what runs stops by itself when it is asked to. */
  get cooperates(): boolean {
    return Atomics.load(this.#flags, COOPERATING) > 0;
  }

  /** The id of the cell whose code ran last, also in a timer or after an `await`. */
  get cell(): number {
    return Atomics.load(this.#flags, RUNNING_CELL);
  }

  /**
   * Interrupts what runs: politely if it cooperates, the second time and after a while by force. Where no cell runs, a
   * timer or a promise of an earlier one may keep the main thread busy.
   */
  async interrupt(): Promise<void> {
    const running = this.#running;
    if (!running) {
      if (this.#evaluations > 0 && !(await settled(this.#ping(), BUSY_MS)))
        await this.stop(INTERRUPTED_ERROR);
      return;
    }
    if (this.cooperates && Atomics.exchange(this.#flags, INTERRUPT_REQUESTED, 1) === 0) {
      setTimeout(() => {
        if (Atomics.load(this.#flags, INTERRUPT_REQUESTED) === 1) void this.#interruptByForce(running);
      }, COOPERATION_MS);
      return;
    }
    await this.#interruptByForce(running);
  }

  async #interruptByForce({ evaluation, outcome }: Running): Promise<void> {
    const terminated = await this.#force({ type: "interrupt", evaluation }, outcome);
    if (terminated) this.#responsive = this.#awaitAnswer();
  }

  /**
   * Ends the code that runs with an error, also that of a cell which has ended and left a timer or a promise. The
   * error is the cell's outcome, or is shown in it.
   */
  async stop(error: ErrorContent): Promise<void> {
    if (this.#stopped) return;
    const stopped = new Promise<void>((resolve) => {
      this.#stopped = resolve;
    });
    const evaluation = this.#running?.evaluation;
    const forced = this.#force({ type: "stop", stop: ++this.#stops, evaluation, error }, stopped);
    // Work that comes meanwhile must not be hit.
    this.#responsive = forced.then((terminated) => (terminated ? this.#awaitAnswer() : undefined));
    await forced;
    this.#stopped = undefined;
  }

  /**
   * A main thread that only waits answers the message at once and gives the cell up. One that is busy has to be
   * terminated to read it. Both may cross, and a termination may hit the answer itself, so each is repeated.
   * Tells whether anything was terminated.
   */
  async #force(request: RunnerRequest, answered: Promise<unknown>): Promise<boolean> {
    this.send(request);
    if (await settled(answered, ANSWER_MS)) return false;
    for (;;) {
      this.#terminate();
      if (await settled(answered, RETRY_MS)) return true;
      this.send(request);
      if (await settled(answered, RETRY_MS)) return true;
    }
  }

  #terminate(): void {
    this.#terminations++;
    this.#main.post("Runtime.terminateExecution", () => {
      if (this.#terminations > 0) this.#terminations--;
    });
  }

  /** A termination that came too late for its cell hits whatever runs next: let that be a question of ours. */
  async #awaitAnswer(): Promise<void> {
    for (let answers = 0; answers === 0 || (this.#terminations > 0 && answers < MOST_QUESTIONS); )
      if (await settled(this.#ping(), RETRY_MS)) answers++;
    this.#terminations = 0;
  }

  #ping(): Promise<void> {
    this.send({ type: "ping" });
    return new Promise((resolve) => this.#pings.add(resolve));
  }
}

export function interrupted(): Outcome {
  return { status: "error", error: INTERRUPTED_ERROR };
}

async function settled(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const done = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return done;
}
