import { readFileSync } from "node:fs";
import type { Debugger } from "node:inspector";
import type { Inspector } from "./inspector";
import { compiled, moduleOf } from "./modules";
import { type Position, PositionMap } from "./positions";
import type { Scope, Source, StackFrame } from "./protocol";
import type { CellScripts } from "./scripts";
import type { Sources } from "./sources";
import type { Variables } from "./variables";

/** A call of the user's code, with what the inspector knows of it. */
export type Frame = StackFrame & { call: Debugger.CallFrame };

/** A script of the user's: its source, and its places in it. */
type UserScript = { source: Source; map: PositionMap | undefined };

const SCOPES: Record<string, string> = {
  local: "Locals",
  block: "Block",
  catch: "Catch",
  with: "With",
  module: "Module",
  eval: "Eval",
  script: "Globals",
};

/** Tells calls of the user's code from those of libraries and the kernel, and where they are in the user's text. */
export class Frames {
  readonly #names = new Map<string, string>();
  readonly #scripts = new Map<string, Promise<UserScript | undefined>>();

  constructor(
    private readonly inspector: Inspector,
    private readonly sources: Sources,
    private readonly cells: CellScripts,
  ) {
    inspector.on<Debugger.ScriptParsedEventDataType>("Debugger.scriptParsed", ({ scriptId, url }) => {
      if (this.cells.get(url) || moduleOf(url)) this.#names.set(scriptId, url);
    });
  }

  /** The files of the local modules that are loaded. */
  modules(): string[] {
    return [...new Set([...this.#names.values()].flatMap((url) => moduleOf(url) ?? []))];
  }

  /** Whether a call is of the user's code, be it of a text or of what the kernel adds to one. */
  isUsers({ location }: Debugger.CallFrame): boolean {
    return this.#names.has(location.scriptId);
  }

  /** The calls of the user's code, the innermost first. */
  async read(calls: readonly Debugger.CallFrame[]): Promise<Frame[]> {
    const frames: Frame[] = [];
    for (const call of calls) {
      const found = await this.locate(call.location);
      if (!found) continue;
      const { source, line, column } = found;
      const name = call.functionName || source.name;
      frames.push({ id: frames.length + 1, name, source, line: line + 1, column: column + 1, call });
    }
    return frames;
  }

  /** Where a place in a script is in the user's text, or undefined where it is not. */
  async locate({
    scriptId,
    lineNumber,
    columnNumber = 0,
  }: Debugger.Location): Promise<(Position & { source: Source }) | undefined> {
    const script = await this.#script(scriptId);
    if (!script) return undefined;
    const place = { line: lineNumber, column: columnNumber };
    const found = script.map ? script.map.toText(place) : place;
    return found && { ...found, source: script.source };
  }

  #script(scriptId: string): Promise<UserScript | undefined> {
    const name = this.#names.get(scriptId);
    if (name === undefined) return Promise.resolve(undefined);
    const known = this.#scripts.get(scriptId) ?? this.#open(scriptId, name);
    this.#scripts.set(scriptId, known);
    return known;
  }

  async #open(scriptId: string, name: string): Promise<UserScript | undefined> {
    const cell = this.cells.get(name);
    if (cell) {
      const path = this.sources.pathOf(cell.source);
      return { source: this.sources.describe(path, cell.file), map: new PositionMap(cell.sourceMap) };
    }
    const file = moduleOf(name);
    return file === undefined
      ? undefined
      : { source: this.sources.describe(file), map: await this.#mapOfModule(scriptId, file) };
  }

  /** The map of a module, or undefined where its file has changed since it was loaded. */
  async #mapOfModule(scriptId: string, file: string): Promise<PositionMap | undefined> {
    const { scriptSource } = await this.inspector.call<{ scriptSource: string }>("Debugger.getScriptSource", {
      scriptId,
    });
    try {
      const module = compiled(file, readFileSync(file, "utf8"), this.cells.emitOptions);
      return module?.code === scriptSource ? module.map : undefined;
    } catch {
      return undefined;
    }
  }
}

/** The scopes of a call. The global object is left out: it is large, and the notebook's variables are not in it. */
export function scopesOf({ call }: Frame, variables: Variables): Scope[] {
  return call.scopeChain
    .filter(({ type }) => type !== "global")
    .map(({ type, name, object }) => ({
      name: SCOPES[type] ?? (name ? `Closure of ${name}` : "Closure"),
      variablesReference: variables.refer(object.objectId),
      expensive: false,
    }));
}
