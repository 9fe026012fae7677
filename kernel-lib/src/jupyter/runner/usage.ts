import { performance } from "node:perf_hooks";
import { cpuUsage } from "node:process";

/** Time that was used, in ms: by the clock, and of the processor in user code and in the system. */
export type Usage = { readonly wall: number; readonly user: number; readonly system: number };

/** Starts to measure; the function that it returns says what was used since. Processor time is the whole process's. */
export function measure(): () => Usage {
  const cpu = cpuUsage();
  const started = performance.now();
  return () => {
    const wall = performance.now() - started;
    const { user, system } = cpuUsage(cpu);
    return { wall, user: user / 1000, system: system / 1000 };
  };
}

export function addUsage(a: Usage, b: Usage): Usage {
  return { wall: a.wall + b.wall, user: a.user + b.user, system: a.system + b.system };
}

/** Two lines in IPython's form. */
export function formatUsage({ wall, user, system }: Usage): string {
  const cpu = `user ${duration(user)}, sys: ${duration(system)}, total: ${duration(user + system)}`;
  return `CPU times: ${cpu}\nWall time: ${duration(wall)}\n`;
}

const UNITS = [
  [1000, "s"],
  [1, "ms"],
  [1e-3, "μs"],
  [1e-6, "ns"],
] as const;

/** Milliseconds with three digits in the unit that fits, from a minute on in hours, minutes and seconds. */
function duration(ms: number): string {
  if (ms >= 60_000) {
    const seconds = Math.round(ms / 1000);
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const names = ["h", "min", "s"];
    return parts
      .map((part, index) => `${part}${names[index]}`)
      .slice(parts.findIndex((part) => part > 0))
      .join(" ");
  }
  const [size, unit] = UNITS.find(([least]) => ms >= least) ?? [1e-6, "ns"];
  return `${Number((ms / size).toPrecision(3))} ${unit}`;
}
