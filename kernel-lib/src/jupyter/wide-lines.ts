/**
 * The longest line that swc may be given, in UTF-16 units. It draws its errors, and ends the process where one stands
 * further to the right than 65,535 columns; a tab takes four of them.
 */
export const MAX_LINE = Math.floor(65_535 / 4);

/** Whether a line is longer than `MAX_LINE`. */
export function hasWideLine(code: string): boolean {
  return wideLineAt(code) !== undefined;
}

/** The offset of the first line that is longer than `MAX_LINE`, if one is. */
export function wideLineAt(code: string): number | undefined {
  if (code.length <= MAX_LINE) return undefined;
  let start = 0;
  for (const line of code.split("\n")) {
    if (line.length > MAX_LINE) return start;
    start += line.length + 1;
  }
  return undefined;
}
