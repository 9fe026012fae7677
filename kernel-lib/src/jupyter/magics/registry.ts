import type { Magic } from "./magic";
import { reset } from "./reset";
import { shell } from "./shell";
import { showMagics } from "./show";
import { timeCell, timeStatement } from "./time";
import { who } from "./who";

/** Every magic there is. */
export const MAGICS: readonly Magic[] = [timeStatement, who, reset, timeCell, ...showMagics, shell];

/** The magic of a name with its mark, such as `%time`. */
export function findMagic(name: string): Magic | undefined {
  return MAGICS.find((magic) => magic.name === name);
}

/** What a user is told who writes a magic that does not exist. */
export function unknownMagic(name: string): string {
  const other = findMagic(name.startsWith("%%") ? name.slice(1) : `%${name}`);
  if (other) {
    const place = other.name.startsWith("%%") ? "in the cell's first line" : "before a statement";
    return `there is no magic ${name}, but there is ${other.name}: write it ${place}`;
  }
  return `there is no magic ${name}. There are ${MAGICS.map(({ usage }) => usage).join(", ")}`;
}
