import { Session } from "node:inspector";
import type { MessagePort } from "node:worker_threads";
import type { ErrorContent } from "./protocol";
import { plainError } from "./runner/errors";
import { INTERRUPTED } from "./runner/interrupt";
import {
  COOPERATING,
  INTERRUPT_REQUESTED,
  type Outcome,
  type RunnerReport,
  type RunnerRequest,
  type Work,
} from "./runner/messages";

/** How long a cell that stops by itself may take to do so, in ms. */
const COOPERATION_MS = 2000;
/** How long the main thread may take to answer if it is not busy, in ms. */
const ANSWER_MS = 4;
/** How often a busy main thread is told again, in ms. */
const RETRY_MS = 20;

/** What the protocol's handlers need of the main thread. */
export type MainThread = Pick<RemoteRunner, "cooperates" | "nextEvaluation" | "run" | "interrupt">;

type Running = {
  evaluation: number;
  outcome: Promise<Outcome>;
  finish(outcome: Outcome): void;
  /** Why it is stopped, other than by the user. */
  reason?: ErrorContent;
};

/** The main thread as the protocol's thread sees it: it does one work at a time, and can be interrupted. */
export class RemoteRunner {
  readonly #main = new Session();
  readonly #flags: Int32Array;
  #running: Running | undefined;
  #evaluations = 0;
  #responsive: Promise<void> = Promise.resolve();
  #pong: (() => void) | undefined;

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
    const running: Running = { evaluation: work.evaluation, outcome, finish };
    this.#running = running;
    this.send(work);
    try {
      const ended = await outcome;
      const isStopped = ended.status === "error" && ended.error.ename === INTERRUPTED.ename;
      return isStopped && running.reason ? { status: "error", error: running.reason } : ended;
    } finally {
      this.#running = undefined;
    }
  }

  /** Takes the main thread's answers. */
  report(report: RunnerReport): void {
    if (report.type === "pong") this.#pong?.();
    else if (report.type === "terminate") this.#main.post("Runtime.terminateExecution");
    else if (report.type === "finished" && report.evaluation === this.#running?.evaluation)
      this.#running.finish(report.outcome);
    else if (report.type === "idle" && report.evaluation === this.#running?.evaluation)
      this.#running.finish(interrupted());
  }

  /** Whether what runs stops by itself when it is asked to. */
  get cooperates(): boolean {
    return Atomics.load(this.#flags, COOPERATING) > 0;
  }

  /** Interrupts what runs: politely if it cooperates, the second time and after a while by force. */
  async interrupt(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    if (this.cooperates && Atomics.exchange(this.#flags, INTERRUPT_REQUESTED, 1) === 0) {
      setTimeout(() => {
        if (Atomics.load(this.#flags, INTERRUPT_REQUESTED) === 1) void this.#force(running);
      }, COOPERATION_MS);
      return;
    }
    await this.#force(running);
  }

  /** Ends what runs with an error. */
  async stop(reason: ErrorContent): Promise<void> {
    const running = this.#running;
    if (!running) return;
    running.reason = reason;
    await this.#force(running);
  }

  /**
   * A main thread that only waits answers the message at once and gives the cell up. One that is busy has to be
   * terminated to read it. Both may cross, and a termination may hit the answer itself, so each is repeated.
   */
  async #force(running: Running): Promise<void> {
    const { evaluation, outcome } = running;
    let terminated = false;
    for (let wait = ANSWER_MS; this.#running === running; wait = RETRY_MS) {
      this.send({ type: "interrupt", evaluation });
      if (await settled(outcome, wait)) break;
      terminated = true;
      this.#main.post("Runtime.terminateExecution");
      if (await settled(outcome, RETRY_MS)) break;
    }
    if (terminated) this.#responsive = this.#awaitAnswer();
  }

  /** A termination that came too late for its cell hits whatever runs next: let that be a question of ours. */
  async #awaitAnswer(): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      this.#pong = resolve;
    });
    do this.send({ type: "ping" });
    while (!(await settled(answered, RETRY_MS)));
  }
}

export function interrupted(): Outcome {
  return { status: "error", error: plainError(INTERRUPTED.ename, INTERRUPTED.evalue) };
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
