import { animate } from "./animate";
import { type Arrow, arrows, type Box, boxes, canvas, type Label, labels } from "./diagram";
import type { Figure, Trace } from "./figure";
import { escapeMarkup, palette } from "./style";
import type { Values } from "./values";

export interface UnrolledRnnOptions {
  /** One entry a time step: input x, hidden state h and, if there is one, output y. */
  steps: { x: Values; h: Values; y?: Values }[];
  /** The state before the first step; default zeros. */
  h0?: Values;
  title?: string;
  /** What stands in the boxes; default "RNN". */
  cell?: string;
  /** Names of the inputs, such as characters, instead of x₁, x₂, …. */
  inputLabels?: string[];
  /** Decimals of the values; default 4. */
  digits?: number;
  alt?: string;
}

const PITCH = 3; // distance of two steps, in the diagram's units
const WIDTH = 1.3; // of a box
const MOST_STEPS = 8; // more do not fit a screen's width legibly

/**
 * The network unrolled over time as an animation that starts complete: one frame a step, in which the boxes fill from left to right
 * with the values that `steps` holds. Shown are at most 8 steps with at most 4 components each; hover for all.
 */
export function unrolledRnn(options: UnrolledRnnOptions): Figure {
  const { steps, cell = "RNN", title = "The network unrolled over time", digits = 4, inputLabels } = options;
  if (steps.length === 0 || steps.length > MOST_STEPS)
    throw new RangeError(`unrolledRnn: steps: expected 1 to ${MOST_STEPS} steps, got ${steps.length}`);
  const T = steps.length;
  const h0 = options.h0 ?? new Float64Array(steps[0].h.length);
  const hasOutput = steps.some(({ y }) => y !== undefined);
  const vector = (name: string, v: Values) => `${name}<br>${column(v, digits)}`;
  const all = draw(T, hasOutput);
  const size = T > 5 ? 11 : 13;
  const names = labels(
    all.cells.map(({ x }) => ({ x, y: 0, text: `<b>${escapeMarkup(cell)}</b>` })),
    { size: T > 5 ? 11 : 14 },
  );
  const frames = Array.from({ length: T + 1 }, (_, reached) => {
    const known: Label[] = [
      { x: -PITCH / 2, y: 0, position: "middle left", text: vector("h<sub>0</sub>", h0) },
    ];
    const hover = [exact(h0)];
    const add = (x: number, y: number, position: string, text: string, v: Values) => {
      known.push({ x, y, position, text });
      hover.push(exact(v));
    };
    steps.slice(0, reached).forEach(({ x, h, y }, t) => {
      const name = inputLabels ? `“${escapeMarkup(inputLabels[t])}”` : `x<sub>${t + 1}</sub>`;
      add(t * PITCH, -1.3, "bottom center", vector(name, x), x);
      add(t * PITCH + PITCH / 2, 0.08, "top center", vector(`h<sub>${t + 1}</sub>`, h), h);
      if (y) add(t * PITCH, 1.3, "top center", vector(`y<sub>${t + 1}</sub>`, y), y);
    });
    const data: Trace[] = [
      boxes(all.cells.slice(0, reached), { line: palette[0], fill: "#d6e8f5" }),
      boxes(reached ? [all.cells[reached - 1]] : [], { line: palette[1], fill: "#fbe3d3" }),
      arrows(all.into.slice(0, reached).flat(), palette[0]),
      names,
      labels(known, { size, hover }),
    ];
    return { name: String(reached), data };
  });
  return animate({
    title,
    alt: options.alt ?? describe(options, T),
    sliderLabel: "Time step",
    start: T,
    background: [boxes(all.cells, { line: "#bdbdbd", fill: "#f7f7f7" }), arrows(all.into.flat(), "#cfcfcf")],
    frames,
    layout: {
      ...canvas([-PITCH / 2 - 1.1, (T - 1) * PITCH + PITCH / 2 + 0.7], [-2.6, hasOutput ? 2.8 : 1.7]),
      height: hasOutput ? 560 : 500,
      margin: { l: 20, r: 20, t: 60, b: 130 },
    },
  });
}

function draw(T: number, hasOutput: boolean): { cells: Box[]; into: Arrow[][] } {
  const cells = Array.from({ length: T }, (_, t) => ({ x: t * PITCH, y: 0, width: WIDTH, height: 1.1 }));
  const into = cells.map(({ x }): Arrow[] => [
    { from: [x, -1.15], to: [x, -0.58] },
    { from: [x === 0 ? -PITCH / 2 + 0.1 : x - PITCH + WIDTH / 2 + 0.02, 0], to: [x - WIDTH / 2 - 0.03, 0] },
    ...(x === (T - 1) * PITCH
      ? [{ from: [x + WIDTH / 2 + 0.02, 0], to: [x + PITCH / 2 + 0.3, 0] } as Arrow]
      : []),
    ...(hasOutput ? [{ from: [x, 0.57], to: [x, 1.25] } as Arrow] : []),
  ]);
  return { cells, into };
}

function column(v: Values, digits: number): string {
  const shown = Array.from({ length: Math.min(4, v.length) }, (_, i) =>
    v[i].toFixed(digits).replace("-", "−"),
  );
  return (v.length > 4 ? [...shown.slice(0, 3), "…"] : shown).join("<br>");
}

const exact = (v: Values): string => `[${Array.from(v, (value) => value.toPrecision(6)).join(", ")}]`;

function describe({ steps, cell = "RNN", digits = 4 }: UnrolledRnnOptions, T: number): string {
  const last = Array.from(steps[T - 1].h, (v) => v.toFixed(digits)).join(", ");
  return `${T} copies of one ${cell} cell from left to right, each taking its input from below and the hidden state from the left; after step ${T} the hidden state is [${last}].`;
}
