import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

const telling = /^(sse4_2|avx|avx2|fma|f16c|avx512\w+|amx\w*|asimd|sve)$/;

/** What a time depends on, besides the software. */
export function machine() {
  const info = existsSync("/proc/cpuinfo") ? readFileSync("/proc/cpuinfo", "utf8") : "";
  const field = (name) => new RegExp(`^${name}\\s*:\\s*(.*)$`, "m").exec(info)?.[1];
  return {
    cpu: cpus()[0]?.model ?? field("model name") ?? "unknown",
    family: [field("cpu family"), field("model"), field("stepping")].filter(Boolean).join("/"),
    cores: availableParallelism(),
    flags: (field("flags") ?? field("Features") ?? "").split(" ").filter((flag) => telling.test(flag)),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
  };
}

/** The mean number of processes that wanted to run in the last 1, 5 and 15 minutes. */
export const load = () => loadavg().map((value) => Number(value.toFixed(2)));
