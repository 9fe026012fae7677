import type { Oxc } from "../compiler/oxc";
import type { Inspector } from "./inspector";
import { compiled, scriptOf } from "./modules";
import { type Position, PositionMap } from "./positions";
import type { Breakpoint } from "./protocol";
import type { CellScript, CellScripts } from "./scripts";
import type { Sources } from "./sources";
import { stopFor, stopsOf } from "./stops";

/** The breakpoints of one source. */
type Placed = {
  /** The source's text when they were placed. */
  text: string;
  /** The lines that were asked for, from 1. */
  lines: readonly number[];
  breakpoints: Breakpoint[];
  /** The places in the text where code stops for them. */
  stops: Position[];
  /** The inspector's names of them, in all scripts that were made from the source. */
  ids: string[];
};

/** The user's breakpoints, by source, and their places in scripts: those that exist, and those that will be made. */
export class Breakpoints {
  readonly #bySource = new Map<string, Placed>();
  #ids = 0;

  constructor(
    private readonly inspector: Inspector,
    private readonly oxc: Oxc,
    private readonly sources: Sources,
    private readonly scripts: CellScripts,
  ) {}

  /** Replaces the breakpoints of a source. One in a line where code cannot stop moves down to where it can. */
  async set(path: string, lines: readonly number[]): Promise<Breakpoint[]> {
    await this.#remove(path);
    const source = this.sources.describe(path);
    const text = this.sources.textOf(path);
    if (text === undefined) {
      const message = "The source is not known";
      return lines.map((line) => ({ id: ++this.#ids, verified: false, line, source, message }));
    }
    const possible = stopsOf(this.oxc, text, path);
    const stops = lines.map((line) => stopFor(possible, line - 1));
    const breakpoints = lines.map((asked, index): Breakpoint => {
      const line = stops[index] && stops[index].line + 1;
      const id = ++this.#ids;
      return line === undefined
        ? { id, verified: false, line: asked, source, message: "No code follows" }
        : { id, verified: true, line, source };
    });
    if (lines.length === 0) return [];
    const placed: Placed = { text, lines, breakpoints, stops: distinct(stops), ids: [] };
    this.#bySource.set(path, placed);
    if (this.sources.isCell(path)) {
      for (const script of this.scripts) if (script.source === text) await this.#placeInCell(script, placed);
    } else {
      const map = compiled(path, text)?.map;
      if (map) await this.#place(scriptOf(path), map, placed);
    }
    return breakpoints;
  }

  /** Places the breakpoints of a cell in the script that will run, and those of changed modules anew. */
  async prepare(script: CellScript): Promise<void> {
    for (const [path, { text, lines }] of [...this.#bySource]) {
      if (!this.sources.isCell(path) && this.sources.textOf(path) !== text) await this.set(path, lines);
    }
    const placed = this.#bySource.get(this.sources.pathOf(script.source));
    if (placed) await this.#placeInCell(script, placed);
  }

  /** The verified breakpoints by source. */
  list(): { source: string; breakpoints: Breakpoint[] }[] {
    return [...this.#bySource].map(([source, { breakpoints }]) => ({
      source,
      breakpoints: breakpoints.filter(({ verified }) => verified),
    }));
  }

  async #remove(path: string): Promise<void> {
    const { ids = [] } = this.#bySource.get(path) ?? {};
    this.#bySource.delete(path);
    for (const breakpointId of ids) await this.inspector.call("Debugger.removeBreakpoint", { breakpointId });
  }

  async #placeInCell({ sourceUrl, sourceMap }: CellScript, placed: Placed): Promise<void> {
    await this.#place(sourceUrl, new PositionMap(sourceMap), placed);
  }

  /** The inspector keeps a breakpoint by its script's name, also for a script that does not exist yet. */
  async #place(url: string, map: PositionMap, { stops, ids }: Placed): Promise<void> {
    for (const stop of stops) {
      const place = map.toScript(stop);
      if (!place) continue;
      const parameters = { url, lineNumber: place.line, columnNumber: place.column };
      const { breakpointId } = await this.inspector.call<{ breakpointId: string }>(
        "Debugger.setBreakpointByUrl",
        parameters,
      );
      ids.push(breakpointId);
    }
  }
}

/** Breakpoints of several lines may come to the same place. */
function distinct(stops: readonly (Position | undefined)[]): Position[] {
  const byLine = new Map(stops.flatMap((stop) => (stop ? [[stop.line, stop]] : [])));
  return [...byLine.values()];
}
