import type { Position } from "./protocol";

/** A range of the cell's text in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The position of an offset, both in UTF-16 code units and from 0. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split(lineBreak).length - 1;
  return { line, character: offset - lineStart(text, line) };
}

/** The offset of a position. */
export function offsetAt(text: string, { line, character }: Position): number {
  return lineStart(text, line) + character;
}

/** What TypeScript takes for the end of a line. */
export const lineBreak = /\r\n|[\n\r\u2028\u2029]/;

function lineStart(text: string, line: number): number {
  const breaks = new RegExp(lineBreak, "g");
  let start = 0;
  for (let left = line; left > 0; left -= 1) {
    if (!breaks.exec(text)) return text.length;
    start = breaks.lastIndex;
  }
  return start;
}
