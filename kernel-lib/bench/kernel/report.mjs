import { rounded, summary } from "../statistics.mjs";
import { goals } from "./goals.mjs";

/**
 * A figure of one kernel. `value` is the median, or null where the kernel never came to an end.
 *
 * @typedef {object} Figure
 * @property {string} name
 * @property {string} kernel
 * @property {string} unit
 * @property {number | null} value
 * @property {number | null} min
 * @property {number | null} max
 * @property {number} n
 * @property {(number | null)[]} samples in the order in which they were taken
 */

/**
 * @param {string} name @param {string} kernel @param {string} unit
 * @param {(number | undefined)[]} values undefined where there was no end
 * @returns {Figure}
 */
export function figure(name, kernel, unit, values) {
  const samples = values.map((value) => (value === undefined ? null : rounded(value)));
  const never = values.includes(undefined);
  const {
    median: value,
    min,
    max,
  } = never ? { median: null, min: null, max: null } : summary(values.filter((one) => one !== undefined));
  return { name, kernel, unit, value, min, max, n: values.length, samples };
}

/** Whether a figure of ours reaches its goal; undefined where it has none. @param {Figure} figure */
export function reached({ name, value }) {
  const goal = goals[name];
  if (!goal) return undefined;
  return value !== null && value <= (goal.most ?? Infinity) && value >= (goal.least ?? -Infinity);
}

/** Medians with their spread, a line a figure, a column a kernel. @param {Figure[]} figures @param {Column[]} kernels */
export function table(figures, kernels) {
  const all = lines(figures, kernels);
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  return all
    .map((line) =>
      line
        .map((text, i) => (i === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[i] ?? 0)))
        .join("  "),
    )
    .join("\n");
}

/** The same in Markdown, for the README. @param {Figure[]} figures @param {Column[]} kernels */
export function markdown(figures, kernels) {
  const [head = [], ...rest] = lines(figures, kernels);
  return [head, head.map(() => "---"), ...rest].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

/** @typedef {{ id: string, label: string }} Column */

/** @param {Figure[]} figures @param {Column[]} kernels @returns {string[][]} */
function lines(figures, kernels) {
  const names = [...new Set(figures.map(({ name }) => name))];
  const body = names.map((name) => {
    const of = (id) => figures.find((one) => one.name === name && one.kernel === id);
    const unit = figures.find((one) => one.name === name)?.unit ?? "";
    const ours = of("ours");
    return [`${name}, ${unit}`, ...kernels.map(({ id }) => cellText(of(id))), ours ? goalText(ours) : ""];
  });
  return [["", ...kernels.map(({ label }) => label), "to reach"], ...body];
}

/** @param {Figure | undefined} one */
function cellText(one) {
  if (!one) return "–";
  if (one.value === null) return "never";
  const { value, min, max, n } = one;
  return min === max || n === 1 ? short(value) : `${short(value)} (${short(min)}–${short(max)})`;
}

/** @param {Figure} one */
function goalText(one) {
  const { most, least } = goals[one.name] ?? {};
  if (most === undefined && least === undefined) return "";
  return `${most === undefined ? `≥ ${short(least)}` : `≤ ${short(most)}`} ${reached(one) ? "✓" : "✗"}`;
}

const short = (value) =>
  Math.abs(value) >= 100 || Number.isInteger(value)
    ? Math.round(value).toLocaleString("en")
    : Number(value.toPrecision(3)).toString();
