import { types } from "node:util";
import type { MimeBundle } from "../../protocol";
import { combinations, showArray } from "./nd-array";
import { peek, textOf } from "./text";

/** Arrays of rows up to this many numbers are written as TypeScript has them. */
const MAX_LITERAL = 200;

type MathMatrix = {
  size(): number[];
  get(index: number[]): unknown;
  /** The type of all values, or `mixed`. */
  getDataType?(): string | undefined;
};

/** A matrix of mathjs, dense or sparse. */
export function showMathMatrix(value: object): MimeBundle | undefined {
  if (peek(value, "isMatrix") !== true || typeof peek(value, "get") !== "function") return undefined;
  const matrix = value as MathMatrix;
  const shape = matrix.size();
  const stored = peek(value, "_values");
  const sparse = Array.isArray(stored) ? `, ${stored.length} stored` : "";
  const kind = [peek(value, "type"), matrix.getDataType?.()].filter(Boolean).join(" ");
  return showArray({
    title: `${kind} [${shape.join(", ")}]${sparse}`,
    shape,
    read: (indices) => combinations(indices).map((index) => matrix.get(index)),
  });
}

/** An array of rows of numbers, all of one length. */
export function showRows(value: object): MimeBundle | undefined {
  if (!Array.isArray(value) || value.length === 0 || !isRow(value[0])) return undefined;
  const columns = value[0].length;
  if (columns === 0 || !value.every((row) => isRow(row) && row.length === columns)) return undefined;
  const rows = value as ArrayLike<unknown>[];
  const kind = types.isTypedArray(value[0]) ? value[0][Symbol.toStringTag] : "number[]";
  const bundle = showArray({
    title: `${kind}[] [${rows.length}, ${columns}]`,
    shape: [rows.length, columns],
    read: (indices) => combinations(indices).map(([row, column]) => rows[row!]![column!]),
  });
  if (rows.length * columns <= MAX_LITERAL) bundle["text/plain"] = textOf(value);
  return bundle;
}

function isRow(value: unknown): value is ArrayLike<unknown> {
  if (types.isTypedArray(value)) return true;
  return (
    Array.isArray(value) && !types.isProxy(value) && value.every((element) => typeof element === "number")
  );
}
