import { receiveMessageOnPort, workerData } from "node:worker_threads";
import type { Plan } from "./plan";
import { phases, runPhase } from "./sequence";
import type { Assignment } from "./team";
import { toolsOf } from "./tools";
import { Turns } from "./turn";

/** The main of a team's thread. */
const { engine, memory, turns: shared, size, port } = workerData as Assignment;
const turns = new Turns(size, shared);
const tools = toolsOf(engine, memory);
const plans = new Map<number, Plan>();

while (turns.sleep())
  for (let claim = turns.claim(); claim; claim = turns.claim()) {
    try {
      for (let m = receiveMessageOnPort(port); m; m = receiveMessageOnPort(port))
        plans.set(m.message.id, m.message);
      const plan = plans.get(claim.plan);
      if (!plan) throw new Error(`member: plan ${claim.plan} never came`);
      runPhase(phases[claim.phase], plan, tools, { index: claim.seat, count: size });
      turns.finish(false);
    } catch (error) {
      console.error(error);
      turns.finish(true);
    }
  }
