import { readdirSync, readFileSync } from "node:fs";

/**
 * The memory of a process and all that it started: proportional set size, in which a page that several processes share counts
 * in parts. Linux alone tells it.
 *
 * @param {number} pid
 * @returns {number | undefined} MB (10⁶ bytes)
 */
export function memoryOf(pid) {
  if (process.platform !== "linux") return undefined;
  const kilobytes = treeOf(pid).map((one) => {
    const text = read(`/proc/${one}/smaps_rollup`);
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
  });
  return kilobytes.reduce((sum, value) => sum + value, 0) * 1.024e-3;
}

/** The process and its descendants. */
function treeOf(pid) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    // The name, in parentheses, may hold anything; the parent is the second field after it.
    const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(read(`/proc/${entry}/stat`))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const below = (one) => [one, ...(children.get(one) ?? []).flatMap(below)];
  return below(pid);
}

/** A process may end while it is looked at. */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
