import { divergingScale, palette } from "../plot/style";
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

/** From blue (−1) through white (0) to vermilion (1), pale enough for dark text. */
export function valueColour(value: number): string {
  const clipped = Math.max(-1, Math.min(1, value));
  const end = parse(divergingScale[clipped < 0 ? 0 : 2][1]);
  const channels = end.map((channel) => Math.round(255 + (channel - 255) * 0.7 * Math.abs(clipped)));
  return `rgb(${channels.join(",")})`;
}

const parse = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
