import { inspect, types } from "node:util";

const MAX_ROWS = 60;
const MAX_COLUMNS = 20;

/** Rows, columns and their labels, as far as they are shown. */
type Table = { caption: string; columns: string[]; index: string[]; rows: unknown[][] };

/** An HTML table of a value that is one: an array of plain objects, a danfo.js frame, a tensor of rank 1 or 2. */
export function tableOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return undefined;
  const table = recordsTable(value) ?? frameTable(value) ?? tensorTable(value);
  return table && render(table);
}

function recordsTable(value: object): Table | undefined {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRecord)) return undefined;
  const shown = value.slice(0, MAX_ROWS);
  const names = new Set(shown.flatMap((record) => Object.keys(record)));
  if (names.size === 0) return undefined;
  const columns = [...names].slice(0, MAX_COLUMNS);
  return {
    caption: size(value.length, names.size),
    columns,
    index: shown.map((_, row) => String(row)),
    rows: shown.map((record) => columns.map((name) => record[name])),
  };
}

/** danfo.js has no common class to test for across its builds, so its frames are known by what they offer. */
function frameTable(value: object): Table | undefined {
  const { shape, columns, index, values } = value as Record<string, unknown>;
  const isFrame = "$data" in value && Array.isArray(shape) && Array.isArray(columns) && Array.isArray(index);
  if (!isFrame || !Array.isArray(values)) return undefined;
  const rows = values.slice(0, MAX_ROWS).map((row: unknown) => (Array.isArray(row) ? row.slice(0, MAX_COLUMNS) : [row]));
  return {
    caption: size(values.length, columns.length),
    columns: columns.slice(0, MAX_COLUMNS).map(String),
    index: index.slice(0, MAX_ROWS).map(String),
    rows,
  };
}

function tensorTable(value: object): Table | undefined {
  const { shape, dtype, isDisposedInternal, arraySync } = value as Record<string, unknown>;
  if (!Array.isArray(shape) || typeof dtype !== "string" || typeof arraySync !== "function") return undefined;
  if (isDisposedInternal === true || shape.length === 0 || shape.length > 2 || !("dataId" in value)) return undefined;
  const [length, width = 1] = shape as number[];
  if (length! * width > 1_000_000) return undefined;
  const values = arraySync.call(value) as unknown[];
  const rows = values.slice(0, MAX_ROWS).map((row) => (Array.isArray(row) ? row.slice(0, MAX_COLUMNS) : [row]));
  return {
    caption: `Tensor, ${dtype}, [${shape.join(", ")}]`,
    columns: (rows[0] ?? []).map((_, column) => String(column)),
    index: rows.map((_, row) => String(row)),
    rows,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function size(rows: number, columns: number): string {
  return `${rows} ${rows === 1 ? "row" : "rows"} × ${columns} ${columns === 1 ? "column" : "columns"}`;
}

function render({ caption, columns, index, rows }: Table): string {
  const head = columns.map((name) => `<th scope="col">${escape(name)}</th>`).join("");
  const body = rows
    .map((row, number) => `<tr><th scope="row">${escape(index[number]!)}</th>${row.map(cell).join("")}</tr>`)
    .join("\n");
  return `<table>\n<caption>${escape(caption)}</caption>\n<thead><tr><th></th>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

function cell(value: unknown): string {
  const text = typeof value === "string" ? value : value === undefined ? "" : inspect(value, { depth: 1, breakLength: Infinity });
  return `<td>${escape(text)}</td>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
