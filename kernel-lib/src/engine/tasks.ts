import type { Job } from "./job";
import { adamTasks } from "./tasks/adam";
import { bidirectionalTasks } from "./tasks/bidirectional";
import { denseTasks } from "./tasks/dense";
import { dropoutTasks } from "./tasks/dropout";
import { embeddingTasks } from "./tasks/embedding";
import { lossTasks } from "./tasks/losses";
import { recurrentTasks } from "./tasks/recurrent";
import type { Seat, Task, Tools } from "./tasks/step";

const tasks = {
  ...recurrentTasks,
  ...denseTasks,
  ...embeddingTasks,
  ...dropoutTasks,
  ...bidirectionalTasks,
  ...lossTasks,
  ...adamTasks,
};
export type TaskName = keyof typeof tasks;
/** What a task works on. */
export type JobOf<N extends TaskName> = Parameters<(typeof tasks)[N]>[0];

/** All tasks, in an order that the threads agree on. */
export const taskNames = Object.keys(tasks) as TaskName[];

/** Runs one part of a task. */
export function runTask(name: TaskName, job: Job, tools: Tools, seat: Seat): void {
  (tasks[name] as Task<Job>)(job, tools, seat);
}
