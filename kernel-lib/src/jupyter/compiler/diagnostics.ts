import { lineBreak } from "./positions";
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
  const lines = text.split(lineBreak);
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
    frame: frame(lines, line, start.character, length),
    location: `${place}:${line + 1}:${start.character + 1}`,
  };
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
    const text = lines[index] ?? "";
    shown.push(`${index === line ? ">" : " "} ${String(index + 1).padStart(width)} | ${text}`.trimEnd());
    if (index === line) {
      const indent = text.slice(0, column).replace(/[^\t]/g, " ");
      shown.push(`  ${" ".repeat(width)} | ${indent}${"^".repeat(length)}`);
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
  const withoutModule = message.replace(/import\("[^"]*__notebook_\w+"\)\.|\$prelude\./g, "");
  return withoutModule.replace(/(\$\d+)\.([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu, (text, block, name) => {
    const cell = cellOf(block);
    return cell === undefined ? text : `cell[${cell}].${name}`;
  });
}
