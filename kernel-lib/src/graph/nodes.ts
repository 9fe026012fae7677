import type { Cell } from "../cells/cell";
import type { Matrix } from "../math/matrix";
import type { GraphNode } from "./computation-graph";

type Place = { lane: number; column?: number };

/** A node that is given from outside. */
export const input = (id: string, label: string, meaning: string, place: Place): GraphNode => ({
  id,
  label,
  meaning,
  equation: `${label}: given`,
  kind: "input",
  inputs: [],
  ...place,
});

/** A node that passes on what `of` computed: what the next step, or the reader, takes. */
export const output = (id: string, label: string, meaning: string, of: string, place: Place): GraphNode => ({
  id,
  label,
  meaning,
  equation: `${label}: passed on`,
  kind: "output",
  inputs: [of],
  compute: (value) => value,
  ...place,
});

/** An affine map of the row vectors [batch, in] and a function of it: φ(v·Wᵀ + b), the chapter's φ(W·v + b). */
export const affine =
  (W: Matrix, b: Matrix, activation: (z: Matrix) => Matrix) =>
  (v: Matrix): Matrix =>
    activation(v.matmulTranspose(W).addRow(b));

/** A whole cell at one step, as one node; without `before` it starts from zeros. */
export function cellNode<C>(
  cell: Cell<{ h: Matrix }, C>,
  node: {
    id: string;
    symbol: string;
    name: string;
    meaning: string;
    reads: { id: string; symbol: string };
    before?: { id: string; symbol: string };
    column: number;
  },
): GraphNode {
  const { id, symbol, name, meaning, reads, before, column } = node;
  return {
    id,
    label: `${symbol} = ${name}`,
    meaning,
    equation: `${symbol} = ${name}(${reads.symbol}, ${before?.symbol ?? "0"})`,
    kind: "cell",
    inputs: before ? [reads.id, before.id] : [reads.id],
    compute: (x, h) => cell.forward(x, h ? { h } : cell.zeroState(x.rows)).state.h,
    lane: 1,
    column,
  };
}

/** 3 as ₃, for names such as x₃. */
export const subscript = (n: number): string =>
  String(n).replace(/\d/g, (digit) => String.fromCodePoint(0x2080 + Number(digit)));
