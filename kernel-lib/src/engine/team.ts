import { join } from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Plan } from "./plan";
import { type Phase, phases, runPhase, type Seat } from "./sequence";
import type { Tools } from "./step";
import type { EngineName } from "./tools";

/** Places in the control block that all threads see. */
export const control = { turn: 0, done: 1, phase: 2, plan: 3, failed: 4, quit: 5, length: 8 } as const;

/** What a thread is started with. */
export type Assignment = {
  readonly engine: EngineName;
  readonly memory: WebAssembly.Memory;
  readonly control: SharedArrayBuffer;
  readonly port: MessagePort;
  readonly seat: Seat;
};

/**
 * Threads that run the phases of a plan together with the calling one. They sleep on `Atomics.wait` between phases and
 * do not keep the process alive.
 */
export class Team {
  readonly size: number;
  private readonly control: Int32Array;
  private readonly tools: Tools;
  private readonly members: { worker: Worker; port: MessagePort }[];
  private turn = 0;
  private known = 0;

  constructor(size: number, engine: EngineName, memory: WebAssembly.Memory, tools: Tools) {
    this.size = size;
    this.tools = tools;
    const shared = new SharedArrayBuffer(4 * control.length);
    this.control = new Int32Array(shared);
    this.members = Array.from({ length: size - 1 }, (_, k) => {
      const { port1, port2 } = new MessageChannel();
      const seat = { index: k + 1, count: size };
      const workerData: Assignment = { engine, memory, control: shared, port: port2, seat };
      const worker = new Worker(join(__dirname, "member.js"), { workerData, transferList: [port2] });
      worker.unref();
      port1.unref();
      return { worker, port: port1 };
    });
  }

  /** Runs the phases one after the other; returns when all threads are done. */
  run(plan: Plan, order: readonly Phase[]): void {
    if (plan.id > this.known) {
      this.known = plan.id;
      for (const { port } of this.members) port.postMessage(plan);
    }
    for (const phase of order) this.together(plan, phase);
  }

  /** Ends the threads. */
  close(): void {
    Atomics.store(this.control, control.quit, 1);
    this.wake();
  }

  private together(plan: Plan, phase: Phase): void {
    const { control: c, members } = this;
    Atomics.store(c, control.done, 0);
    Atomics.store(c, control.phase, phases.indexOf(phase));
    Atomics.store(c, control.plan, plan.id);
    if (members.length) this.wake();
    runPhase(phase, plan, this.tools, { index: 0, count: this.size });
    for (let done = 0; done < members.length; done = Atomics.load(c, control.done))
      Atomics.wait(c, control.done, done, 1);
    if (Atomics.load(c, control.failed)) throw new Error(`Team.run: a thread failed in the phase ${phase}`);
  }

  private wake(): void {
    Atomics.store(this.control, control.turn, ++this.turn);
    Atomics.notify(this.control, control.turn);
  }
}
