import { excerpt } from "../excerpt";
import { lineBreak } from "./positions";
import { withoutModules } from "./prelude";
import type { Position } from "./protocol";
import type { CellDiagnostic } from "./types";

/** How many errors are shown at most. */
export const shownDiagnostics = 20;

/** Lines shown before and after the line of an error. */
const context = 2;

/**
 * An error with its place and the lines around it.
 *
 * @param place the name before the position: `cell[3]`, or a file's
 * @param start where it begins, line and character from 0
 */
export function diagnostic(
  text: string,
  place: string,
  start: Position,
  end: Position,
  code: number,
  message: string,
): CellDiagnostic {
  const lines = linesOf(text);
  const line = Math.min(start.line, lines.length - 1);
  const lineLength = lines[line]?.length ?? 0;
  const endCharacter = end.line === start.line ? end.character : lineLength;
  const length = Math.max(1, endCharacter - start.character);
  return {
    code,
    message,
    line: line + 1,
    column: start.character + 1,
    length,
    // Few of many errors are shown, and the lines around one may be long.
    get frame() {
      return frame(lines, line, start.character, length);
    },
    location: `${place}:${line + 1}:${start.character + 1}`,
  };
}

let split: { text: string; lines: readonly string[] } = { text: "", lines: [""] };

/** The lines of a text; those of the last one are kept, since errors come in numbers. */
function linesOf(text: string): readonly string[] {
  if (split.text !== text) split = { text, lines: text.split(lineBreak) };
  return split.lines;
}

/**
 * The lines around an error, numbered, with carets under it:
 *
 *     1 | const a = 1;
 *   > 2 | const b: string = a;
 *       |       ^
 */
function frame(lines: readonly string[], line: number, column: number, length: number): string {
  const first = Math.max(0, line - context);
  const last = Math.min(lines.length - 1, line + context);
  const width = String(last + 1).length;
  const shown: string[] = [];
  for (let index = first; index <= last; index += 1) {
    const { text, cut } = excerpt(lines[index] ?? "", column);
    shown.push(`${index === line ? ">" : " "} ${String(index + 1).padStart(width)} | ${text}`.trimEnd());
    if (index === line) {
      const indent = text.slice(0, column - cut).replace(/[^\t]/g, " ");
      const carets = "^".repeat(Math.min(length, Math.max(1, text.length - indent.length)));
      shown.push(`  ${" ".repeat(width)} | ${indent}${carets}`);
    }
  }
  return shown.join("\n");
}

/**
 * Names in a message as the user wrote them, without the prelude's namespaces.
 *
 * @param cellOf the execution count of the cell that a namespace of the prelude stands for
 */
export function plainNames(message: string, cellOf: (block: string) => number | undefined): string {
  return withoutModules(message).replace(
    /(\$\d+)\.([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu,
    (text, block, name) => {
      const cell = cellOf(block);
      return cell === undefined ? text : `cell[${cell}].${name}`;
    },
  );
}
