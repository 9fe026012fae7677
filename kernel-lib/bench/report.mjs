import { labels, ours } from "./contestants.mjs";
import { rounded, summary } from "./statistics.mjs";

/**
 * @typedef {{ engine: string, threads: number, ms?: number[], mebibytes?: number[], absent?: string }} Entry
 * @typedef {{ id: string, name: string, entries: Entry[], operations?: number }} Result `operations`: in floating point, a run
 */

const values = (entry) => entry.ms ?? entry.mebibytes ?? [];
const unitOf = ({ entries }) => (entries.some((entry) => entry.mebibytes) ? "MiB" : "Ms");
const measured = ({ entries }) => entries.filter((entry) => values(entry).length > 0);

/**
 * One object for each engine and each peer on as many threads, or for the engine alone where no peer ran. Ratio = peer / ours:
 * above 1 the engine is faster (smaller).
 *
 * @param {Result} result
 */
export function comparisons(result) {
  const unit = unitOf(result);
  const entries = measured(result);
  const peers = entries.filter(({ engine }) => !ours.includes(engine));
  return entries
    .filter(({ engine }) => ours.includes(engine))
    .flatMap((mine) => {
      const own = summary(values(mine));
      const row = {
        id: result.id,
        name: result.name,
        engine: mine.engine,
        threads: mine.threads,
        [`ours${unit}`]: own.median,
        oursSpread: [own.min, own.max],
        oursRuns: own.n,
        ...(result.operations ? { oursGflops: rounded(result.operations / own.median / 1e6) } : {}),
      };
      const against = peers.filter(({ threads }) => threads === mine.threads);
      if (against.length === 0) return [row];
      return against.map((peer) => {
        const other = summary(values(peer));
        return {
          ...row,
          peer: peer.engine,
          [`peer${unit}`]: other.median,
          peerSpread: [other.min, other.max],
          peerRuns: other.n,
          ratio: rounded(other.median / own.median),
        };
      });
    });
}

/** A row's table for people. @param {Result} result */
export function table(result) {
  const unit = unitOf(result) === "MiB" ? "MiB" : "ms";
  const all = comparisons(result);
  const line = (entry) => {
    const who = `${labels[entry.engine].padEnd(22)}${String(entry.threads).padStart(2)}`;
    if (values(entry).length === 0) return `  ${who}  ${entry.absent}`;
    const { median, min, max, n } = summary(values(entry));
    const ratios = all
      .filter(
        ({ threads, ...row }) => "peer" in row && row.peer === entry.engine && threads === entry.threads,
      )
      .map((row) => `${row.ratio?.toFixed(2).padStart(9)} × ${row.engine}`);
    return `  ${who}${short(median).padStart(10)}${`${short(min)}–${short(max)}`.padStart(16)}${String(n).padStart(5)}${ratios.join("")}`;
  };
  const heading = `  ${"".padEnd(15)}threads  median ${unit}${"min–max".padStart(14)}    n    median / ours`;
  return [`\n${result.name}`, heading, ...result.entries.map(line)].join("\n");
}

/** Who did not take part, and why. @param {Result} result */
export const absences = ({ id, entries }) =>
  entries.flatMap(({ engine, threads, absent }) => (absent ? [{ id, engine, threads, absent }] : []));

/** The points of a figure. @param {import("./rows.mjs").RecurrentRow} row @param {Entry[]} entries */
export function pointsOf({ curve, x }, entries) {
  return entries.flatMap(({ engine, threads, ms }) => {
    if (!ms) return [];
    const { median, min, max } = summary(ms);
    return [{ curve, x: x ?? threads, engine, threads, ms: median, min, max }];
  });
}

const short = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

const recurrent = (id) => !/^(first|memory)$/.test(id);
const goals = [
  { engine: "native", peer: "pytorch", least: 1, of: recurrent },
  { engine: "native", peer: "pytorch", least: 2, of: (id) => /^(gru|bilstm|fit-sentiment)$/.test(id) },
  { engine: "wasm", peer: "keras", least: 1, of: recurrent },
  { engine: "native", peer: "tfjs-node", least: 20, of: (id) => /lstm|gru/.test(id) },
  { engine: "wasm", peer: "tfjs-node", least: 20, of: (id) => /lstm|gru/.test(id) },
];

/** The project's goals, with the rows that miss them. @param {ReturnType<typeof comparisons>} rows @param {number} threads */
export function goalsReached(rows, threads) {
  return goals.flatMap(({ engine, peer, least, of }) => {
    const here = rows.flatMap((row) =>
      "ratio" in row && row.engine === engine && row.peer === peer && row.threads === threads && of(row.id)
        ? [row]
        : [],
    );
    if (here.length === 0) return [];
    const missed = here.filter(({ ratio }) => ratio < least);
    const misses = missed.map(({ id, ratio }) => `${id} ${ratio.toFixed(2)}`).join(", ");
    const mark = missed.length === 0 ? "✓" : "✗";
    return [
      `${mark} ${engine} ≥ ${least} × ${labels[peer]}, ${threads} threads: ${here.length - missed.length} of ${here.length} rows${misses && `; not ${misses}`}`,
    ];
  });
}
