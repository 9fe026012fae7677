import type { HistoryRequest } from "./protocol";

/** One executed cell: its number, its code, the text of its result. */
type Entry = { line: number; code: string; output: string | null };
type Row = [session: number, line: number, entry: string | [string, string | null]];

/** The history of one kernel's life counts as session 1. */
const SESSION = 1;

/** What was executed since the kernel started. */
export class History {
  readonly #entries: Entry[] = [];

  add(line: number, code: string): void {
    this.#entries.push({ line, code, output: null });
  }

  setOutput(line: number, output: string): void {
    const entry = this.#entries.findLast((candidate) => candidate.line === line);
    if (entry) entry.output = output;
  }

  /** The rows that a history_request asks for: a range of lines, the last n, or those that match a glob pattern. */
  select({ hist_access_type = "tail", output = false, ...request }: HistoryRequest): Row[] {
    const entries = {
      range: () => this.#range(request),
      tail: () => this.#tail(this.#entries, request.n),
      search: () => this.#search(request),
    }[hist_access_type]?.();
    return (entries ?? []).map(({ line, code, output: result }) => [
      SESSION,
      line,
      output ? [code, result] : code,
    ]);
  }

  /** Session 0 is the current one, -1 the one before it. */
  #range({ session = 0, start = 0, stop }: HistoryRequest): Entry[] {
    if (session !== 0 && session !== SESSION) return [];
    return this.#entries.filter(
      ({ line }) => line >= start && (stop === undefined || stop === null || line < stop),
    );
  }

  #tail(entries: Entry[], n: number | undefined): Entry[] {
    return n === undefined || n === null ? entries : entries.slice(Math.max(0, entries.length - n));
  }

  #search({ pattern = "*", unique = false, n }: HistoryRequest): Entry[] {
    const glob = new RegExp(
      `^${pattern
        .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
        .replaceAll("*", "[\\s\\S]*")
        .replaceAll("?", "[\\s\\S]")}$`,
    );
    const matching = this.#entries.filter(({ code }) => glob.test(code));
    const newest = new Map(matching.map((entry) => [entry.code, entry]));
    return this.#tail(unique ? matching.filter((entry) => newest.get(entry.code) === entry) : matching, n);
  }
}
