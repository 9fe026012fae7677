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
    const entries = this.#entriesOf(hist_access_type, request);
    return entries.map(({ line, code, output: result }) => [SESSION, line, output ? [code, result] : code]);
  }

  #entriesOf(type: string, request: HistoryRequest): Entry[] {
    if (type === "range") return this.#range(request);
    if (type === "search") return this.#search(request);
    return type === "tail" ? this.#tail(this.#entries, request.n) : [];
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
    const matching = this.#entries.filter(({ code }) => matchesGlob(code, pattern));
    const newest = new Map(matching.map((entry) => [entry.code, entry]));
    return this.#tail(unique ? matching.filter((entry) => newest.get(entry.code) === entry) : matching, n);
  }
}

/** Whether the whole text matches a pattern in which `*` is any text and `?` one character; linear in text × pattern. */
function matchesGlob(text: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[next] === "*") {
      star = next++;
      resume = at;
    } else if (next < pattern.length && (pattern[next] === "?" || pattern[next] === text[at])) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[next] === "*") next++;
  return next === pattern.length;
}
