import { divergingScale, ink, palette } from "../plot/style";
import type { NodeKind } from "./computation-graph";

/** A pale fill and a strong line for each kind of node; what has weights stands out. */
export const fills: Record<NodeKind, string> = {
  input: "#f2f2f2",
  join: "#f2f2f2",
  weighted: "#fbe3d3",
  elementwise: "#d6e8f5",
  cell: "#fbe3d3",
  output: "#dcefe8",
};
export const lines: Record<NodeKind, string> = {
  input: "#767676",
  join: "#767676",
  weighted: palette[1],
  elementwise: palette[0],
  cell: palette[1],
  output: palette[2],
};

/** What the colours say, for a legend. */
export const meanings: Record<NodeKind, string> = {
  input: "given or joined",
  join: "given or joined",
  weighted: "has weights",
  elementwise: "element by element, no weights",
  cell: "has weights",
  output: "passed on",
};

/** The colour of a value from −1 (blue) through 0 (white) to 1 (vermilion), and of a text on it. */
export function valueColours(value: number): { fill: string; text: string } {
  const clipped = Math.max(-1, Math.min(1, value));
  const end = parse(divergingScale[clipped < 0 ? 0 : 2][1]);
  const fill = end.map((channel) => Math.round(255 + (channel - 255) * Math.abs(clipped)));
  const dark = Math.abs(clipped) > 0.75;
  return { fill: `rgb(${fill.join(",")})`, text: dark ? "#ffffff" : ink };
}

const parse = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
