import { inspect, types } from "node:util";

const MAX_ROWS = 60;
const MAX_COLUMNS = 20;
/** Larger tensors are only shown as text, which does not copy them. */
const MAX_TENSOR_SIZE = 1_000_000;

/** Rows, columns and their labels, as far as they are shown. */
type Table = { caption: string; columns: string[]; index: string[]; rows: unknown[][] };

/** How a value is shown that is a table or a tensor. */
export type Shown = { html?: string | undefined; text?: string | undefined };

/**
 * A table (an array of plain objects, a danfo.js frame, a tensor of rank 1 or 2) as HTML, and frames and tensors as
 * the text that their own class makes of them.
 */
export function tableOf(value: unknown): Shown | undefined {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return undefined;
  if (isTensor(value)) return { html: tensorTable(value), text: String(value) };
  const frame = frameTable(value);
  if (frame) return { html: render(frame), text: String(value) };
  const records = recordsTable(value);
  return records && { html: render(records) };
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
  const rows = values
    .slice(0, MAX_ROWS)
    .map((row: unknown) => (Array.isArray(row) ? row.slice(0, MAX_COLUMNS) : [row]));
  return {
    caption: size(values.length, columns.length),
    columns: columns.slice(0, MAX_COLUMNS).map(String),
    index: index.slice(0, MAX_ROWS).map(String),
    rows,
  };
}

type Tensor = { shape: number[]; dtype: string; arraySync(): unknown[] };

function isTensor(value: object): value is Tensor {
  const { shape, dtype, dataId, isDisposedInternal, arraySync } = value as Record<string, unknown>;
  const looksLikeOne = Array.isArray(shape) && typeof dtype === "string" && typeof arraySync === "function";
  return looksLikeOne && dataId !== undefined && isDisposedInternal === false;
}

function tensorTable(tensor: Tensor): string | undefined {
  const [length, width = 1] = tensor.shape;
  if (length === undefined || tensor.shape.length > 2 || length * width > MAX_TENSOR_SIZE) return undefined;
  const rows = tensor
    .arraySync()
    .slice(0, MAX_ROWS)
    .map((row) => (Array.isArray(row) ? row.slice(0, MAX_COLUMNS) : [row]));
  return render({
    caption: `Tensor, ${tensor.dtype}, [${tensor.shape.join(", ")}]`,
    columns: (rows[0] ?? []).map((_, column) => String(column)),
    index: rows.map((_, row) => String(row)),
    rows,
  });
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
  const head = columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = rows
    .map(
      (row, number) => `<tr><th scope="row">${escapeHtml(index[number]!)}</th>${row.map(cell).join("")}</tr>`,
    )
    .join("\n");
  return `<table>\n<caption>${escapeHtml(caption)}</caption>\n<thead><tr><th></th>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

function cell(value: unknown): string {
  const text =
    typeof value === "string"
      ? value
      : value === undefined
        ? ""
        : inspect(value, { depth: 1, breakLength: Infinity });
  return `<td>${escapeHtml(text)}</td>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
