import { animate } from "./animate";
import type { Figure, Trace } from "./figure";
import { palette } from "./style";
import { plain, short, type Values } from "./values";

/** What an LSTM step computes, in its order. `g` is the candidate, C̃ in the chapter. */
const PARTS: { key: string; role: string }[] = [
  { key: "f", role: "forget gate" },
  { key: "i", role: "input gate" },
  { key: "g", role: "candidate" },
  { key: "c", role: "cell state" },
  { key: "o", role: "output gate" },
  { key: "h", role: "hidden state" },
];

/** f, i, g, c, o and h of one LSTM step, a value for each unit; other entries are not shown. */
export type LSTMGates = Record<string, Values>;

export interface GateChartOptions {
  /** One entry a time step. */
  steps: LSTMGates[];
  title?: string;
  /** Names of the time steps, such as characters; default 1, 2, …. */
  stepLabels?: string[];
  alt?: string;
}

/**
 * The gates of a few LSTM units as bars, one frame a time step. With a single step the frames are its parts
 * instead, in the order of computation: f, i, g, c, o, h.
 */
export function gateChart({
  steps,
  title = "LSTM gates over time",
  stepLabels,
  alt,
}: GateChartOptions): Figure {
  if (steps.length === 0) throw new RangeError("gateChart: steps: expected at least one step, got none");
  for (const { key } of PARTS)
    if (!(key in steps[0]))
      throw new RangeError(
        `gateChart: steps: expected f, i, g, c, o and h, got ${Object.keys(steps[0]).join(", ")}`,
      );
  const units = steps[0].h.length;
  const bars = (step: LSTMGates, parts: number): Trace[] =>
    Array.from({ length: units }, (_, u) => {
      const values = PARTS.map(({ key }, k) => (k < parts ? step[key][u] : Number.NaN));
      return {
        type: "bar",
        name: `unit ${u + 1}`,
        x: PARTS.map((_part, k) => k),
        y: plain(values),
        text: values.map((v) => (Number.isFinite(v) && units <= 3 ? v.toFixed(units > 2 ? 2 : 4) : "")),
        textposition: "outside",
        textangle: 0,
        textfont: { size: units > 2 ? 11 : 13 },
        constraintext: "none",
        cliponaxis: false,
        marker: { color: palette[u % palette.length] },
        hovertemplate: `unit ${u + 1}, %{x}: %{y}<extra></extra>`,
        showlegend: units > 1,
      };
    });
  const name = (t: number) => (stepLabels ? `${t + 1} “${stepLabels[t]}”` : String(t + 1));
  const frames =
    steps.length === 1
      ? PARTS.map(({ key }, k) => ({ name: key, data: bars(steps[0], k + 1) }))
      : steps.map((step, t) => ({ name: name(t), data: bars(step, PARTS.length) }));
  const reach = 1.25 * Math.max(1, ...steps.flatMap(({ c }) => Array.from(c, Math.abs)));
  const below = steps.some((step) => PARTS.some(({ key }) => Array.from(step[key]).some((v) => v < 0)));
  return animate({
    title,
    alt: alt ?? describe(steps),
    sliderLabel: steps.length === 1 ? "Computed last" : "Time step",
    frames,
    start: steps.length === 1 ? PARTS.length - 1 : 0,
    layout: {
      barmode: "group",
      height: 540,
      margin: { l: 70, r: 30, t: 90, b: 200 },
      xaxis: {
        tickvals: PARTS.map((_, k) => k),
        ticktext: PARTS.map((part) => `<b>${part.key}</b><br>${part.role}`),
        range: [-0.5, PARTS.length - 0.5],
        tickangle: 0,
      },
      yaxis: {
        title: { text: "Value" },
        range: [below ? -reach : 0, reach],
        zeroline: true,
        zerolinecolor: "#767676",
      },
    },
  });
}

function describe(steps: LSTMGates[]): string {
  const last = steps[steps.length - 1];
  const means = PARTS.map(({ key, role }) => `${role} ${short(mean(last[key]))}`).join(", ");
  return `Bars of the LSTM's gates for ${last.h.length} units over ${steps.length} time steps. Means at the last step: ${means}.`;
}

const mean = (v: Values): number => Array.from(v).reduce((sum, value) => sum + value, 0) / v.length;
