import type { SourceMapPayload } from "node:module";
import {
  generatedPositionFor,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  type SourceMapInput,
  TraceMap,
} from "@jridgewell/trace-mapping";

/** A place in a text; line and column count from 0. */
export type Position = { line: number; column: number };

/** Places of a text in the script that was made from it, and back. */
export class PositionMap {
  readonly #map: TraceMap;

  constructor(sourceMap: SourceMapPayload) {
    this.#map = new TraceMap(sourceMap as unknown as SourceMapInput);
  }

  /** The place in the script of the first thing at or after a place in its line of the text. */
  toScript({ line, column }: Position): Position | undefined {
    const source = this.#map.sources[0] ?? "";
    const found = generatedPositionFor(this.#map, {
      source,
      line: line + 1,
      column,
      bias: LEAST_UPPER_BOUND,
    });
    return found.line === null ? undefined : { line: found.line - 1, column: found.column };
  }

  /** The place in the text of a place in the script, or undefined where the script has code of its own. */
  toText({ line, column }: Position): Position | undefined {
    const found = originalPositionFor(this.#map, { line: line + 1, column });
    return found.line === null ? undefined : { line: found.line - 1, column: found.column };
  }
}
