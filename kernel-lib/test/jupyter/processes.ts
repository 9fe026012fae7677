import { readdirSync, readFileSync } from "node:fs";

/** Whether a process exists and is no zombie. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** All processes that a process started in any of its threads, and that these started. */
export function descendants(pid: number): number[] {
  const threads = unlessEnded(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  const children = threads.flatMap((thread) => {
    const list = unlessEnded(() => readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8")) ?? "";
    return list.split(/\s+/).filter(Boolean).map(Number);
  });
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** All living processes that were started with such a variable in their environment, whoever is their parent now. */
export function processesWith(name: string, value: string): number[] {
  const variable = `\0${name}=${value}\0`;
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) =>
      unlessEnded(() => `\0${readFileSync(`/proc/${pid}/environ`, "utf8")}`)?.includes(variable),
    )
    .map(Number)
    .filter(isAlive);
}

/** What is read of a process or thread, or undefined where it has ended since it was listed, or is another user's. */
function unlessEnded<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/** Resident memory of a process alone, in MiB. */
export function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
}

/** Waits until none of the processes is left, and gives the ms that it took; throws after `limit` ms. */
export async function untilGone(pids: readonly number[], limit: number): Promise<number> {
  const started = performance.now();
  while (pids.some(isAlive)) {
    const waited = performance.now() - started;
    if (waited > limit)
      throw new Error(`untilGone: after ${limit} ms there are still ${pids.filter(isAlive)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return performance.now() - started;
}
