import type { Figure } from "./figure";
import { heatmap } from "./heatmap";
import { smallMultiples } from "./small-multiples";
import type { Values } from "./values";

/** Names that cells give to what they compute, in the order in which a reader wants them. */
const ROLES: Record<string, string> = {
  f: "forget gate",
  i: "input gate",
  z: "update gate",
  r: "reset gate",
  g: "candidate",
  hTilde: "candidate",
  c: "cell state",
  o: "output gate",
  h: "hidden state",
};
const GATES = new Set(["f", "i", "o", "z", "r"]); // between 0 and 1

export interface GateHeatmapsOptions {
  /** What the cell computed at each step, by name, a value for each unit: `model.activations(text).steps`. */
  steps: Record<string, Values>[];
  /** The characters read, one a step. */
  stepLabels: string[];
  title?: string;
  /** Which parts to show; default: all known ones. */
  parts?: string[];
  alt?: string;
}

/** What each unit of a recurrent cell did over a text: one heatmap a part, units down, characters across. */
export function gateHeatmaps(options: GateHeatmapsOptions): Figure {
  const { steps, stepLabels, title = "Gates over the text", alt } = options;
  if (steps.length === 0) throw new RangeError("gateHeatmaps: steps: expected at least one step, got none");
  const { parts = Object.keys(ROLES).filter((part) => part in steps[0]) } = options;
  const missing = parts.find((part) => !(part in steps[0]));
  if (missing !== undefined)
    throw new RangeError(`gateHeatmaps: parts: expected ${Object.keys(steps[0]).join(", ")}, got ${missing}`);
  const units = steps[0][parts[0]].length;
  const panels = parts.map((part, k) =>
    heatmap({
      title: part in ROLES ? `${part}: ${ROLES[part]}` : part,
      xTitle: k === parts.length - 1 ? "Character" : "",
      yTitle: "Unit",
      z: Array.from({ length: units }, (_, u) => steps.map((step) => step[part][u])),
      xLabels: stepLabels,
      range: GATES.has(part) ? [0, 1] : undefined,
      showValues: false,
    }),
  );
  return smallMultiples({ title, panels, columns: 1, rowHeight: Math.min(420, 130 + 14 * units), alt });
}
