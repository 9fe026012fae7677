import type { MimeBundle } from "../../protocol";
import { type Axis, along, axis } from "./axis";
import { htmlTable } from "./html";
import { textOf } from "./text";

/** Values in a grid of any rank: a vector, a matrix, a tensor. */
export type NdArray = {
  /** What it is: its kind, type and shape. */
  readonly title: string;
  readonly shape: readonly number[];
  /** The values at the given indices of each axis, the last axis fastest. */
  read(indices: readonly (readonly number[])[]): ArrayLike<unknown>;
};

/** An array as text and, from rank 1 on, as a table: of rank 3 and more its first matrix. Large ones are elided. */
export function showArray(array: NdArray): MimeBundle {
  const { title, shape } = array;
  const axes = shape.map((length, index) => {
    if (index < shape.length - 2) return axis(length, 2, 1);
    return shape.length > 2 ? axis(length, 8, 3) : axis(length, 12, 5);
  });
  const values = Array.from(array.read(axes.map(({ indices }) => indices)));
  const cells = writeAll(values);
  const text = `${title}\n${nested(cells, axes)}`;
  if (shape.length === 0 || values.length === 0) return { "text/plain": text };
  return { "text/plain": text, "text/html": table(title, cells, axes) };
}

/** Indices of all combinations, the last axis fastest. */
export function combinations(indices: readonly (readonly number[])[]): number[][] {
  return indices.reduce<number[][]>(
    (all, own) => all.flatMap((before) => own.map((index) => [...before, index])),
    [[]],
  );
}

function nested(cells: readonly string[], axes: readonly Axis[]): string {
  if (axes.length === 0) return cells[0] ?? "";
  const width = Math.max(1, ...cells.map((cell) => cell.length));
  const write = (at: number, depth: number): string => {
    const size = sizeOf(axes.slice(depth + 1));
    const last = depth === axes.length - 1;
    const parts = along(
      axes[depth]!,
      (_, position) =>
        last ? cells[at + position]!.padStart(width) : write(at + position * size, depth + 1),
      "…",
    );
    const indent = " ".repeat(depth + 1);
    return `[${parts.join(last ? ", " : `,${"\n".repeat(axes.length - 1 - depth)}${indent}`)}]`;
  };
  return write(0, 0);
}

function table(title: string, cells: readonly string[], axes: readonly Axis[]): string {
  const columns = axes.at(-1)!;
  const rows = axes.at(-2);
  const first =
    axes.length > 2 ? `: [${axes.map((_, i) => (i < axes.length - 2 ? "0" : ":")).join(", ")}]` : "";
  const width = columns.indices.length;
  const rowAt = (position: number) =>
    along(columns, (_, column) => cells[position * width + column]!.trim(), "…");
  const gap = { label: "⋮", cells: along(columns, () => "⋮", "⋱") };
  return htmlTable({
    caption: title + first,
    columns: along(columns, String, "…"),
    rows: rows
      ? along(rows, (index, position) => ({ label: String(index), cells: rowAt(position) }), gap)
      : [{ label: "", cells: rowAt(0) }],
  });
}

function sizeOf(axes: readonly Axis[]): number {
  return axes.reduce((product, { indices }) => product * indices.length, 1);
}

/** All values in one format, so that columns line up; numbers with five digits of the largest. */
function writeAll(values: readonly unknown[]): string[] {
  const numbers = values.filter((value) => typeof value === "number" && Number.isFinite(value)) as number[];
  const write = numberFormat(numbers);
  return values.map((value) => (typeof value === "number" ? write(value) : written(value)));
}

function numberFormat(numbers: readonly number[]): (value: number) => string {
  const largest = Math.max(0, ...numbers.map(Math.abs));
  if (numbers.every(Number.isInteger) && largest < 1e9) return String;
  const exponent = Math.floor(Math.log10(largest));
  const decimals = Math.max(1, 4 - exponent);
  const fixed = exponent >= -4 && exponent <= 7;
  return (value) => {
    if (!Number.isFinite(value)) return String(value);
    return fixed ? value.toFixed(decimals) : value.toExponential(3);
  };
}

/** Complex numbers and fractions of mathjs have a text of their own. */
function written(value: unknown): string {
  const isObject = typeof value === "object" && value !== null;
  return isObject && value.toString !== Object.prototype.toString ? String(value) : textOf(value);
}
