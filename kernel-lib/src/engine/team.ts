import { join } from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Job } from "./job";
import { runTask, type TaskName, taskNames } from "./tasks";
import type { Tools } from "./tasks/step";
import type { EngineName } from "./tools";
import { Turns } from "./turn";

/** A job that the members have not seen, or one that is over. */
export type News = { readonly job: Job } | { readonly over: number };

/** What a member is started with. */
export type Assignment = {
  readonly engine: EngineName;
  readonly memory: WebAssembly.Memory;
  readonly turns: SharedArrayBuffer;
  readonly size: number;
  readonly port: MessagePort;
};

/**
 * Threads that run tasks together with the calling one. They sleep between tasks, and do not keep the
 * process alive.
 */
export class Team {
  readonly size: number;
  private readonly turns: Turns;
  private readonly tools: Tools;
  private readonly ports: MessagePort[];
  private readonly known = new Set<number>();

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

  /** Runs tasks of a job, one after the other; returns when all their parts are done. */
  run(job: Job, order: readonly TaskName[]): void {
    if (!this.known.has(job.id)) {
      this.known.add(job.id);
      this.tell({ job });
    }
    for (const task of order) {
      this.turns.open(taskNames.indexOf(task), job.id);
      for (let claim = this.turns.claim(); claim; claim = this.turns.claim()) {
        runTask(task, job, this.tools, { index: claim.seat, count: this.size });
        this.turns.finish(false);
      }
      if (this.turns.close()) throw new Error(`Team.run: ${task} failed in a thread`);
    }
  }

  /** Lets the threads forget a job. */
  forget(job: Job): void {
    if (this.known.delete(job.id)) this.tell({ over: job.id });
  }

  /** Ends the threads. */
  close(): void {
    this.turns.quit();
  }

  private tell(news: News): void {
    for (const port of this.ports) port.postMessage(news);
  }
}
