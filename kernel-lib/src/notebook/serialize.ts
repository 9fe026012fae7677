import type { Cell, MimeBundle, Notebook, Output } from "./nbformat";

/** Where Python's `str.splitlines` ends a line, which is how Jupyter splits text into lists of lines. */
const BREAKS = "\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029";
const LINE = new RegExp(`[^${BREAKS}]*(?:\\r\\n|[${BREAKS}]|$)`, "g");
const SPLIT_TYPES = ["application/javascript", "image/svg+xml"];

/**
 * The text of an .ipynb file, byte for byte as Jupyter saves it, so that saving in JupyterLab changes nothing:
 * nbformat 4.5, keys sorted, indent 1, text as lists of lines, small numbers with Python's exponents.
 */
export function serializeNotebook({ cells, metadata }: Notebook): string {
  return `${toJson({ cells: cells.map(fileCell), metadata, nbformat: 4, nbformat_minor: 5 })}\n`;
}

function fileCell(cell: Cell): Record<string, unknown> {
  const source = splitLines(cell.source);
  if (cell.cell_type === "code") return { ...cell, source, outputs: cell.outputs.map(fileOutput) };
  const { attachments } = cell;
  if (attachments === undefined) return { ...cell, source };
  const files = Object.entries(attachments).map(([name, bundle]) => [name, splitBundle(bundle)]);
  return { ...cell, source, attachments: Object.fromEntries(files) };
}

function fileOutput(output: Output): Record<string, unknown> {
  if (output.output_type === "stream") return { ...output, text: splitLines(output.text) };
  if (output.output_type === "error") return output;
  return { ...output, data: splitBundle(output.data) };
}

function splitBundle(bundle: MimeBundle): MimeBundle {
  const split = (type: string, value: unknown) =>
    typeof value === "string" && (type.startsWith("text/") || SPLIT_TYPES.includes(type))
      ? splitLines(value)
      : value;
  return Object.fromEntries(Object.entries(bundle).map(([type, value]) => [type, split(type, value)]));
}

function splitLines(text: string): string[] {
  return text.match(LINE)!.filter((line) => line !== "");
}

/** JSON as Python's `json.dumps(indent=1, sort_keys=True, ensure_ascii=False)` writes it. */
function toJson(value: unknown, indent = "\n"): string {
  if (typeof value === "number") return numberText(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent} `;
  if (Array.isArray(value))
    return value.length === 0
      ? "[]"
      : `[${inner}${value.map((v) => toJson(v, inner)).join(`,${inner}`)}${indent}]`;
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  if (entries.length === 0) return "{}";
  entries.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))); // by code points, as Python
  const fields = entries.map(([key, v]) => `${JSON.stringify(key)}: ${toJson(v, inner)}`);
  return `{${inner}${fields.join(`,${inner}`)}${indent}}`;
}

/** Python writes numbers under 1e-4 with an exponent of at least two digits: 1e-05 where JavaScript writes 0.00001. */
function numberText(value: number): string {
  if (value === 0 || Math.abs(value) >= 1e-4 || !Number.isFinite(value)) return JSON.stringify(value);
  return value.toExponential().replace(/-(\d)$/, "-0$1");
}
