import { receiveMessageOnPort, workerData } from "node:worker_threads";
import type { Plan } from "./plan";
import { phases, runPhase } from "./sequence";
import { type Assignment, control } from "./team";
import { toolsOf } from "./tools";

/** The main of one of the team's threads. */
const { engine, memory, control: shared, port, seat } = workerData as Assignment;
const c = new Int32Array(shared);
const tools = toolsOf(engine, memory);
const plans = new Map<number, Plan>();

for (let turn = 0; ; ) {
  Atomics.wait(c, control.turn, turn);
  turn = Atomics.load(c, control.turn);
  if (Atomics.load(c, control.quit)) break;
  try {
    for (let m = receiveMessageOnPort(port); m; m = receiveMessageOnPort(port)) plans.set(m.message.id, m.message);
    const plan = plans.get(Atomics.load(c, control.plan));
    if (!plan) throw new Error("member: no such plan");
    runPhase(phases[Atomics.load(c, control.phase)], plan, tools, seat);
  } catch (error) {
    console.error(error);
    Atomics.store(c, control.failed, 1);
  }
  Atomics.add(c, control.done, 1);
  Atomics.notify(c, control.done);
}
