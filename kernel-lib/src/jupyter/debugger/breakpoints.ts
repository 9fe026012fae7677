import type { EmitOptions } from "../compiler/emit-options";
import type { Oxc } from "../compiler/oxc";
import { readMagics } from "../magics/read";
import { conditionOf } from "./expressions";
import type { Inspector } from "./inspector";
import { compiled, scriptOf } from "./modules";
import { type Position, PositionMap } from "./positions";
import type { AskedBreakpoint, Breakpoint } from "./protocol";
import type { CellScript, CellScripts } from "./scripts";
import type { Sources } from "./sources";
import { stopFor, stopsOf } from "./stops";

/** A place in a text where code stops for breakpoints, where their condition is true if they have one. */
type Stop = { place: Position; condition: string | undefined };

/** The breakpoints of one source. */
type Placed = {
  /** The source's text when they were placed. */
  text: string;
  asked: readonly AskedBreakpoint[];
  /** How a local module was emitted. */
  emitted: EmitOptions;
  breakpoints: Breakpoint[];
  stops: Stop[];
  /** The inspector's names of them, in all scripts that were made from the source. */
  ids: string[];
};

/** What became of a breakpoint that was asked for: a place, or a problem in words for the user. */
type Found = { place?: Position; condition?: string | undefined; problem: string };

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
  async set(path: string, asked: readonly AskedBreakpoint[]): Promise<Breakpoint[]> {
    await this.#remove(path);
    const source = this.sources.describe(path);
    const text = this.sources.textOf(path);
    if (text === undefined) {
      const message = "The source is not known";
      return asked.map(({ line }) => ({ id: ++this.#ids, verified: false, line, source, message }));
    }
    if (asked.length === 0) return [];
    const possible = stopsOf(this.oxc, await this.#withoutMagics(path, text), path);
    const found = asked.map((one) => this.#stopOf(one, possible));
    const breakpoints = asked.map(({ line }, index): Breakpoint => {
      const { place, problem } = found[index]!;
      const id = ++this.#ids;
      return place
        ? { id, verified: true, line: place.line + 1, source }
        : { id, verified: false, line, source, message: problem };
    });
    const emitted = this.scripts.emitOptions;
    const placed: Placed = { text, asked, emitted, breakpoints, stops: distinct(found), ids: [] };
    this.#bySource.set(path, placed);
    if (this.sources.isCell(path)) {
      for (const script of this.scripts) if (script.source === text) await this.#placeInCell(script, placed);
    } else {
      const map = compiled(path, text, emitted)?.map;
      if (map) await this.#place(scriptOf(path), map, placed);
    }
    return breakpoints;
  }

  /** Places the breakpoints of a cell in the script that will run, and those of changed modules anew. */
  async prepare(script: CellScript): Promise<void> {
    for (const [path, { text, asked, emitted }] of [...this.#bySource]) {
      const isSame = this.sources.textOf(path) === text && emitted === this.scripts.emitOptions;
      if (!this.sources.isCell(path) && !isSame) await this.set(path, asked);
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

  #stopOf({ line, condition, unknown }: AskedBreakpoint, possible: readonly Position[]): Found {
    if (unknown !== undefined) return { problem: unknown };
    const js = condition === undefined ? undefined : conditionOf(this.oxc, condition);
    if (condition !== undefined && js === undefined)
      return { problem: `condition: expected an expression, got ${JSON.stringify(condition)}` };
    const place = stopFor(possible, line - 1);
    return { ...(place && { place }), condition: js, problem: "No code follows" };
  }

  /** A cell's text as TypeScript; each line stays in its place. */
  async #withoutMagics(path: string, text: string): Promise<string> {
    const cell = this.sources.isCell(path) ? await readMagics(text, () => []) : undefined;
    return cell?.plain ?? text;
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
    for (const { place: inText, condition } of stops) {
      const place = map.toScript(inText);
      if (!place) continue;
      const parameters = { url, lineNumber: place.line, columnNumber: place.column, condition };
      const { breakpointId } = await this.inspector.call<{ breakpointId: string }>(
        "Debugger.setBreakpointByUrl",
        parameters,
      );
      ids.push(breakpointId);
    }
  }
}

/** Breakpoints of several lines may come to the same place: code stops there for any of them. */
function distinct(found: readonly Found[]): Stop[] {
  const byLine = new Map<number, Stop>();
  for (const { place, condition } of found) {
    if (!place) continue;
    const other = byLine.get(place.line);
    const either = other?.condition && condition ? `(${other.condition}) || (${condition})` : undefined;
    byLine.set(place.line, { place, condition: other ? either : condition });
  }
  return [...byLine.values()];
}
