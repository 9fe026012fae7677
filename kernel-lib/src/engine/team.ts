import { join } from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Plan } from "./plan";
import { type Phase, phases, runPhase } from "./sequence";
import type { Tools } from "./step";
import type { EngineName } from "./tools";
import { Turns } from "./turn";

/** What a member is started with. */
export type Assignment = {
  readonly engine: EngineName;
  readonly memory: WebAssembly.Memory;
  readonly turns: SharedArrayBuffer;
  readonly size: number;
  readonly port: MessagePort;
};

/**
 * Threads that run the phases of a plan together with the calling one. They sleep between phases, and do not keep the
 * process alive.
 */
export class Team {
  readonly size: number;
  private readonly turns: Turns;
  private readonly tools: Tools;
  private readonly ports: MessagePort[];
  private known = 0;

  constructor(size: number, engine: EngineName, memory: WebAssembly.Memory, tools: Tools) {
    this.size = size;
    this.tools = tools;
    this.turns = new Turns(size);
    this.ports = Array.from({ length: size - 1 }, () => {
      const { port1, port2 } = new MessageChannel();
      const workerData: Assignment = { engine, memory, turns: this.turns.shared, size, port: port2 };
      const worker = new Worker(join(__dirname, "member.js"), { workerData, transferList: [port2] });
      worker.unref();
      port1.unref();
      return port1;
    });
  }

  /** Runs the phases one after the other; returns when all their parts are done. */
  run(plan: Plan, order: readonly Phase[]): void {
    if (plan.id > this.known) {
      this.known = plan.id;
      for (const port of this.ports) port.postMessage(plan);
    }
    for (const phase of order) {
      this.turns.open(phases.indexOf(phase), plan.id);
      for (let claim = this.turns.claim(); claim; claim = this.turns.claim()) {
        runPhase(phase, plan, this.tools, { index: claim.seat, count: this.size });
        this.turns.finish(false);
      }
      if (this.turns.close()) throw new Error(`Team.run: a thread failed in the phase ${phase}`);
    }
  }

  /** Ends the threads. */
  close(): void {
    this.turns.quit();
  }
}
