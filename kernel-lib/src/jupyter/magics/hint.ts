import { findMagic } from "./registry";
import { SHELL_IS_OFF, shellIsOn } from "./shell";

const AT_THE_TOP =
  "it must stand at the beginning of a line at the top of the cell, not in a block or behind other code";

/**
 * What someone may have meant who gets an error of TypeScript where a magic stands in a place that is none for it.
 *
 * @param line the line of the cell that has the error
 * @param column where in it, from 0
 */
export function hintAt(line: string, column: number): string | undefined {
  const name = magicAt(line, column);
  if (name !== undefined) return `If ${name} is meant as a magic: ${AT_THE_TOP}.`;
  if (!/^\s*!/.test(line)) return undefined;
  return `If it is meant for the shell: ${shellIsOn() ? AT_THE_TOP : SHELL_IS_OFF}.`;
}

/** The magic at a place or, where its line begins with one, before it: `%time` is read as a remainder by `time`. */
function magicAt(line: string, column: number): string | undefined {
  for (const { 0: name, index } of line.matchAll(/%%?[\p{L}_][\p{L}\p{N}_]*/gu)) {
    const isFirst = line.slice(0, index).trim() === "";
    const isThere = index <= column && (isFirst || column <= index + name.length);
    if (isThere && findMagic(name)) return name;
  }
  return undefined;
}
