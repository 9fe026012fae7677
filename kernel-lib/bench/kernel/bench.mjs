import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWhole } from "../journal.mjs";
import { load, machine } from "../machine.mjs";
import { kernels } from "./kernels.mjs";
import { figure, markdown, table } from "./report.mjs";
import { rows, swift, thorough } from "./rows.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const readmeFile = join(root, "kernel-lib", "README.md");

/**
 * @typedef {import("./kernels.mjs").Kernel} Kernel
 * @typedef {{ kernels: Kernel[], folder: string }} Field who takes part, and the working directory of all
 * @typedef {(name: string, kernel: Kernel, unit: string, value: number | undefined) => void} Add notes one sample; undefined
 *   where the kernel did not come to an end, or this system does not tell
 * @typedef {{ id: string, run(field: Field, effort: import("./rows.mjs").Effort, add: Add): Promise<void> }} Row
 * @typedef {{ names: string[], python?: string, deno?: string, json?: string, readme?: boolean, quick: boolean }} Options
 *   `python`, `deno`: the others' programs; `readme`: also writes the table into kernel-lib/README.md; `quick`: few repetitions,
 *   to see that all works
 */

/**
 * Measures every row that one of `names` begins, or all, with the kernels in turn; prints a table and writes JSON. Where only some
 * rows are measured, the others' figures stay in the file.
 *
 * @param {Options} options
 * @returns {Promise<number>} the exit status
 */
export async function benchKernel({ names, json, readme, quick, ...programs }) {
  const wanted = rows.filter(({ id }) => names.length === 0 || names.some((name) => id.startsWith(name)));
  const unknown = names.filter((name) => !rows.some(({ id }) => id.startsWith(name)));
  if (unknown.length > 0) {
    const ids = rows.map(({ id }) => id).join(", ");
    console.error(`npm run bench -- kernel: expected names out of ${ids}; got ${unknown.join(", ")}`);
    return 1;
  }
  const folder = join(root, ".cache", "bench-kernels", "notebook");
  mkdirSync(folder, { recursive: true });
  const field = { kernels: kernels({ root, ...programs }), folder };
  const before = json && existsSync(json) ? JSON.parse(readFileSync(json, "utf8")) : { rows: [] };
  /** @type {Record<string, any>[]} */
  let figures = before.rows;
  for (const row of wanted) {
    const measured = await measure(row, field, quick ? swift : thorough);
    console.log(`\n${table(measured, field.kernels)}`);
    figures = [...figures.filter(({ row: id }) => id !== row.id), ...measured];
    const versions = Object.fromEntries(field.kernels.map(({ id, version }) => [id, version]));
    const order = rows.map(({ id }) => id);
    figures.sort((a, b) => order.indexOf(a.row) - order.indexOf(b.row));
    if (json) writeWhole(json, `${toJson({ machine: machine(), versions, quick, rows: figures })}\n`);
  }
  if (readme) writeWhole(readmeFile, withTable(readFileSync(readmeFile, "utf8"), figures, field.kernels));
  if (quick) console.log("\nQuick: these figures show that all works, and nothing more.");
  return 0;
}

/** The README with the table of these figures between its two marks. */
export function withTable(text, figures, columns) {
  const table = markdown(/** @type {any[]} */ (figures), columns);
  return text.replace(/(<!-- figures -->).*(<!-- end of figures -->)/s, (_, before, after) =>
    [before, "", table, "", after].join("\n"),
  );
}

/**
 * The figures of a row, with when they were taken and what else the machine did.
 *
 * @param {Row} row @param {Field} field @param {import("./rows.mjs").Effort} effort
 */
export async function measure(row, field, effort) {
  /** @type {Map<string, { name: string, kernel: Kernel, unit: string, values: (number | undefined)[] }>} */
  const taken = new Map();
  const about = { row: row.id, at: new Date().toISOString(), load: load()[0] };
  await row.run(field, effort, (name, kernel, unit, value) => {
    const key = `${name}/${kernel.id}`;
    const entry = taken.get(key) ?? { name, kernel, unit, values: [] };
    entry.values.push(value);
    taken.set(key, entry);
  });
  return [...taken.values()].map(({ name, kernel, unit, values }) => ({
    ...figure(name, kernel.id, unit, values),
    ...about,
  }));
}

/** JSON with each list of numbers on one line. */
const toJson = (value) =>
  JSON.stringify(value, undefined, 2).replace(/\[[\d\s.,eE+-]*(?:null[\d\s.,eE+-]*)*\]/g, (list) =>
    list.replace(/\s+/g, " "),
  );
