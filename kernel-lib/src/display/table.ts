import { escapeHtml } from "./html";
import { type Displayable, displaySymbol } from "./mime";

export type TableCell = string | number | boolean | null | undefined;
export type TableRow = Record<string, TableCell>;

export interface TableOptions {
  /** What the table shows; screen readers say it first. */
  caption?: string;
  /** Keys of the columns to show, in order; default: those of the first row. */
  columns?: string[];
  /** Decimals of numbers that are not whole; default 4. */
  digits?: number;
}

/**
 * A table of `rows`, one object a row with the columns' names as keys: an accessible HTML table (caption,
 * column headers and, in the first column, row headers) and an aligned text. All content is escaped.
 * It is displayable: end a cell with it, or pass it to `display`.
 */
export function table(
  rows: TableRow[],
  { caption = "", columns, digits = 4 }: TableOptions = {},
): Displayable {
  if (rows.length === 0) throw new RangeError("table: rows: expected at least one row, got none");
  const keys = columns ?? Object.keys(rows[0]);
  const cells = rows.map((row) => keys.map((key) => format(row[key], digits)));
  const numeric = keys.map((key) => rows.every((row) => typeof row[key] === "number" || row[key] == null));
  return {
    [displaySymbol]: () => ({
      "text/html": html(keys, cells, numeric, caption),
      "text/plain": text(keys, cells, numeric, caption),
    }),
  };
}

function format(cell: TableCell, digits: number): string {
  if (cell === null || cell === undefined) return "";
  return typeof cell === "number" && Number.isFinite(cell) && !Number.isInteger(cell)
    ? cell.toFixed(digits)
    : String(cell);
}

function html(keys: string[], cells: string[][], numeric: boolean[], caption: string): string {
  const align = (column: number) => ` style="text-align:${numeric[column] ? "right" : "left"}"`;
  const head = keys.map((key, j) => `<th scope="col"${align(j)}>${escapeHtml(key)}</th>`).join("");
  const body = cells.map((row) => {
    const tds = row.map((cell, j) =>
      j === 0 && !numeric[0]
        ? `<th scope="row"${align(j)}>${escapeHtml(cell)}</th>`
        : `<td${align(j)}>${escapeHtml(cell)}</td>`,
    );
    return `<tr>${tds.join("")}</tr>`;
  });
  const title = caption
    ? `<caption style="text-align:left;white-space:nowrap">${escapeHtml(caption)}</caption>`
    : "";
  const name = escapeHtml(caption || "Table");
  return (
    `<div role="region" aria-label="${name}" tabindex="0" style="overflow:auto;max-height:36em"><table>${title}` +
    `<thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`
  );
}

function text(keys: string[], cells: string[][], numeric: boolean[], caption: string): string {
  const widths = keys.map((key, j) => Math.max(...[key, ...cells.map((row) => row[j])].map((s) => s.length)));
  const line = (row: string[]) =>
    row
      .map((s, j) => (numeric[j] ? s.padStart(widths[j]) : s.padEnd(widths[j])))
      .join("  ")
      .trimEnd();
  const rule = widths.map((w) => "-".repeat(w)).join("  ");
  return [...(caption ? [caption] : []), line(keys), rule, ...cells.map(line)].join("\n");
}
