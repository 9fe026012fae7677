import { receiveMessageOnPort, workerData } from "node:worker_threads";
import type { Job } from "./job";
import { runTask, taskNames } from "./tasks";
import type { Assignment, News } from "./team";
import { toolsOf } from "./tools";
import { Turns } from "./turn";

/** The main of a team's thread. */
const { engine, memory, turns: shared, size, port } = workerData as Assignment;
const turns = new Turns(size, shared);
const tools = toolsOf(engine, memory);
const jobs = new Map<number, Job>();

function hearNews(): void {
  for (let m = receiveMessageOnPort(port); m; m = receiveMessageOnPort(port)) {
    const news = m.message as News;
    if ("job" in news) jobs.set(news.job.id, news.job);
    else jobs.delete(news.over);
  }
}

while (turns.sleep())
  for (let claim = turns.claim(); claim; claim = turns.claim()) {
    try {
      hearNews();
      const job = jobs.get(claim.job);
      if (!job) throw new Error(`member: job ${claim.job} never came`);
      runTask(taskNames[claim.task], job, tools, { index: claim.seat, count: size });
      turns.finish(false);
    } catch (error) {
      console.error(error);
      turns.finish(true);
    }
  }
