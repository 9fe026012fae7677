/**
 * The longest line that swc may be given, in UTF-16 units. It draws its errors, and ends the process where one stands
 * further to the right than 65,535 columns; a tab takes four of them.
 */
export const MAX_LINE = Math.floor(65_535 / 4);

/** Whether a line is longer than `MAX_LINE`. */
export function hasWideLine(code: string): boolean {
  if (code.length <= MAX_LINE) return false;
  return code.split("\n").some((line) => line.length > MAX_LINE);
}
