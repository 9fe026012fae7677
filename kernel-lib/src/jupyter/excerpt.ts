/** Characters shown of a line at most. */
const LONGEST_LINE = 200;

/** What is shown of a line around a column from 0, and how many characters were cut off before it. */
export function excerpt(line: string, column: number): { text: string; cut: number } {
  if (line.length <= LONGEST_LINE) return { text: line, cut: 0 };
  const start = Math.max(0, Math.min(column - LONGEST_LINE / 2, line.length - LONGEST_LINE));
  const end = start + LONGEST_LINE;
  const text = `${start > 0 ? "…" : ""}${line.slice(start, end)}${end < line.length ? "…" : ""}`;
  return { text, cut: start > 0 ? start - 1 : 0 };
}
