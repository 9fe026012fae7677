import { types } from "node:util";
import type { MimeBundle } from "../../protocol";
import { type Axis, along, axis } from "./axis";
import { htmlTable } from "./html";
import { cellText, peek, textOf } from "./text";

const MAX_ROWS = 60;
const ROWS_AT_EACH_END = 10;
const MAX_COLUMNS = 20;

/** An array of plain objects. */
export function showRecords(value: object): MimeBundle | undefined {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRecord)) return undefined;
  const records = value as object[];
  const names = namesOf(records);
  if (names.length === 0) return undefined;
  const html = render({
    caption: size(records.length, names.length),
    columns: names,
    rows: records.length,
    label: String,
    cell: (row, column) => property(records[row]!, names[column]!),
  });
  return { "text/plain": textOf(value), "text/html": html };
}

/** A map: its keys and values, or the columns of its values where these are plain objects. */
export function showMap(value: object): MimeBundle | undefined {
  if (!types.isMap(value) || value.size === 0) return undefined;
  const entries = [...value];
  const records = entries.every(([, one]) => isRecord(one)) ? entries.map(([, one]) => one as object) : [];
  const names = namesOf(records);
  const html = render({
    caption: `Map, ${entries.length} ${entries.length === 1 ? "entry" : "entries"}`,
    columns: names.length > 0 ? names : ["value"],
    rows: entries.length,
    label: (row) => cellText(entries[row]![0]),
    cell: (row, column) => (names.length > 0 ? property(records[row]!, names[column]!) : entries[row]![1]),
  });
  return { "text/plain": textOf(value), "text/html": html };
}

/** danfo.js has no common class to test for across its builds, so its frames are known by what they offer. */
export function showFrame(value: object): MimeBundle | undefined {
  const [columns, index] = [peek(value, "columns"), peek(value, "index")];
  if (!("$data" in value) || !Array.isArray(columns) || !Array.isArray(index)) return undefined;
  const values = peek(value, "values");
  if (!Array.isArray(values)) return undefined;
  const kinds = peek(value, "dtypes");
  const named = columns.map((name, at) => (Array.isArray(kinds) ? `${name} (${kinds[at]})` : String(name)));
  const html = render({
    caption: size(values.length, columns.length),
    columns: named,
    rows: values.length,
    label: (row) => String(index[row]),
    cell: (row, column) => (Array.isArray(values[row]) ? values[row][column] : values[row]),
  });
  return { "text/plain": String(value), "text/html": html };
}

type Table = {
  caption: string;
  columns: readonly string[];
  rows: number;
  label(row: number): string;
  cell(row: number, column: number): unknown;
};

function render({ caption, columns, rows, label, cell }: Table): string {
  const down = axis(rows, MAX_ROWS, ROWS_AT_EACH_END);
  const across = axis(columns.length, MAX_COLUMNS, MAX_COLUMNS / 2);
  const line = (row: number) => along(across, (column) => cellText(cell(row, column)), "…");
  const gap = { label: "⋮", cells: along(across, () => "⋮", "⋱") };
  return htmlTable({
    caption: caption + leftOut(down, across),
    columns: along(across, (column) => columns[column]!, "…"),
    rows: along(down, (row) => ({ label: label(row), cells: line(row) }), gap),
    words: wordColumns(down, across, cell),
  });
}

function leftOut(rows: Axis, columns: Axis): string {
  const parts = [
    ...(rows.skipped > 0 ? [`${rows.skipped} rows`] : []),
    ...(columns.skipped > 0 ? [`${columns.skipped} columns`] : []),
  ];
  return parts.length > 0 ? ` (${parts.join(" and ")} not shown)` : "";
}

/** The positions of columns with a string in them. */
function wordColumns(rows: Axis, columns: Axis, cell: Table["cell"]): Set<number> {
  const isWords = (column: number) => rows.indices.some((row) => typeof cell(row, column) === "string");
  const words = along(columns, isWords, false);
  return new Set(words.flatMap((one, position) => (one ? position : [])));
}

function namesOf(records: readonly object[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}

/** A property's value; of a getter only that it is one, as it may throw or do something. */
function property(record: object, name: string): unknown {
  const found = Object.getOwnPropertyDescriptor(record, name);
  return found?.get ? "[Getter]" : found?.value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function size(rows: number, columns: number): string {
  return `${rows} ${rows === 1 ? "row" : "rows"} × ${columns} ${columns === 1 ? "column" : "columns"}`;
}
