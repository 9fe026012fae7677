const SHOWN_LINES = 3;
const SHOWN_WIDTH = 160;

/** The first lines that differ, `-` as expected and `+` as they came, with the number of the first. */
export function textDifference(expected: string, actual: string): string[] {
  const before = expected.split("\n");
  const after = actual.split("\n");
  const length = Math.max(before.length, after.length);
  const differing = Array.from({ length }, (_, i) => i).filter((i) => before[i] !== after[i]);
  const first = differing[0] ?? 0;
  const head = `line ${first + 1}${before.length === after.length ? "" : ` (${before.length} lines expected, ${after.length} came)`}`;
  const column = firstDifference(before[first] ?? "", after[first] ?? "");
  const shown = (sign: string, lines: string[]) =>
    differing
      .slice(0, SHOWN_LINES)
      .filter((i) => i < lines.length)
      .map((i) => `${sign} ${excerpt(lines[i]!, column)}`);
  const more = differing.length > SHOWN_LINES ? [`… and ${differing.length - SHOWN_LINES} more lines`] : [];
  return [head, ...shown("-", before), ...shown("+", after), ...more];
}

/** A value on one line, cut when long. */
export function shortValue(value: unknown): string {
  return value === undefined ? "nothing" : excerpt(JSON.stringify(value), 0);
}

function firstDifference(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}

/** The part of a long line around the column of interest. */
function excerpt(line: string, column: number): string {
  if (line.length <= SHOWN_WIDTH) return line;
  const start = Math.max(0, Math.min(column - SHOWN_WIDTH / 2, line.length - SHOWN_WIDTH));
  const end = start + SHOWN_WIDTH;
  return `${start > 0 ? "…" : ""}${line.slice(start, end)}${end < line.length ? "…" : ""}`;
}
