import { animate } from "../plot/animate";
import { type Arrow, arrows, type Box, boxes, canvas, type Label, labels } from "../plot/diagram";
import type { Figure, Trace } from "../plot/figure";
import { escapeMarkup, palette } from "../plot/style";
import { decimal } from "./graph-text";
import { valueColour } from "./node-colours";

/** Numbers to show: a matrix by rows, a vector as one row. `columnNames` stand above. */
export interface ShownValues {
  name: string;
  rows: readonly ArrayLike<number>[];
  columnNames?: readonly string[];
}
/** A stop of the run: the box that works, and the values that it reads or makes there. */
export interface AlgorithmStop {
  /** At the slider; unique. */
  name: string;
  /** Index of the box. */
  box: number;
  /** What happens, in a sentence. */
  says: string;
  values: readonly ShownValues[];
}
export interface AlgorithmStepperOptions {
  title: string;
  /** Boxes from top to bottom: a heading and what is done there, a line each. */
  boxes: readonly { heading: string; lines: readonly string[] }[];
  /** The last box leads back to this one. */
  backTo?: number;
  stops: readonly AlgorithmStop[];
  /** Index of the stop shown first, and in a static picture; default 0. */
  start?: number;
  /** Decimals of the values; default 3. */
  digits?: number;
  alt?: string;
}

const LEFT = { x: 178, width: 300 };
const PANEL = { x: 380, width: 440, name: 168, cell: 62 };
const LINE = 19;
const ROW = 23;

/**
 * An algorithm's flowchart beside the values of one real run through it: at each stop the box that works is marked and its
 * values stand at the right, coloured from −1 (blue) to 1 (vermilion). Slider and play button are inside the figure.
 *
 * @throws RangeError if a stop names no box, or its values have more columns than fit
 */
export function algorithmStepper(options: AlgorithmStepperOptions): Figure {
  const { title, boxes: given, stops, start = 0, digits = 3, backTo } = options;
  const placed = placeBoxes(given.map(({ lines }) => lines.length));
  stops.forEach(({ box, name, values }) => {
    if (!placed[box])
      throw new RangeError(
        `algorithmStepper: stop "${name}": box: expected 0 to ${placed.length - 1}, got ${box}`,
      );
    for (const { name: which, rows } of values)
      if (rows.some(({ length }) => length > MOST_COLUMNS))
        throw new RangeError(
          `algorithmStepper: stop "${name}": ${which}: expected at most ${MOST_COLUMNS} columns, got ${Math.max(...rows.map(({ length }) => length))}`,
        );
  });
  const panels = stops.map((stop) => panel(stop, digits));
  const last = placed[placed.length - 1];
  const height = Math.max(last.y + last.height / 2, ...panels.map(({ bottom }) => bottom)) + 12;
  return animate({
    title,
    alt: options.alt ?? describe(options),
    sliderLabel: "Box",
    start,
    duration: 2500,
    background: [
      boxes(placed, { line: "#bdbdbd", fill: "#f7f7f7" }),
      arrows(
        placed.slice(1).map((box, k): Arrow => ({ from: below(placed[k]), to: above(box) })),
        "#555555",
      ),
      ...(backTo === undefined ? [] : [wayBack(last, placed[backTo])]),
    ],
    frames: stops.map(({ name, box, says }, k) => ({
      name,
      data: [
        boxes([placed[box]], { line: palette[1], fill: "#fbe3d3" }),
        labels(
          given.flatMap((text, j) => boxText(placed[j], text)),
          { size: 12 },
        ),
        labels([{ x: PANEL.x, y: 16, position: "middle right", text: `<b>${escapeMarkup(says)}</b>` }], {
          size: 13,
        }),
        labels(panels[k].names, { size: 12 }),
        cells(panels[k].cells),
        labels(panels[k].cells, { size: 12 }),
      ] as Trace[],
    })),
    layout: {
      ...canvas([0, PANEL.x + PANEL.width], [height, 0]),
      barmode: "overlay",
      width: PANEL.x + PANEL.width + 20,
      height: height + 210,
      margin: { l: 10, r: 10, t: 60, b: 150 },
    },
  });
}

const MOST_COLUMNS = Math.floor((PANEL.width - PANEL.name) / PANEL.cell);

function placeBoxes(lines: readonly number[]): Box[] {
  let top = 6;
  return lines.map((count) => {
    const height = (count + 1) * LINE + 12;
    const box = { x: LEFT.x, y: top + height / 2, width: LEFT.width, height };
    top += height + 26;
    return box;
  });
}
const below = ({ x, y, height }: Box): [number, number] => [x, y + height / 2 + 2];
const above = ({ x, y, height }: Box): [number, number] => [x, y - height / 2 - 2];

function boxText(
  { x, y, width, height }: Box,
  { heading, lines }: { heading: string; lines: readonly string[] },
): Label[] {
  return [`<b>${escapeMarkup(heading)}</b>`, ...lines.map(escapeMarkup)].map((text, k) => ({
    x: x - width / 2 + 6,
    y: y - height / 2 + 6 + (k + 0.5) * LINE,
    position: "middle right",
    text,
  }));
}

/** From the left side of the last box up to the left side of another. */
function wayBack(from: Box, to: Box): Trace {
  const [x, side] = [from.x - from.width / 2, from.x - from.width / 2 - 18];
  return {
    ...arrows([], "#555555"),
    x: [x, side, side, x - 2],
    y: [from.y, from.y, to.y, to.y],
    marker: { symbol: "arrow", angleref: "previous", size: [0, 0, 0, 13], color: "#555555", opacity: 1 },
  };
}

interface Cell extends Label {
  fill: string;
}

function panel({ values }: AlgorithmStop, digits: number): { names: Label[]; cells: Cell[]; bottom: number } {
  const names: Label[] = [];
  const all: Cell[] = [];
  let top = 40;
  for (const { name, rows, columnNames = [] } of values) {
    const x = (c: number) => PANEL.x + PANEL.name + (c + 0.5) * PANEL.cell;
    if (columnNames.length) {
      columnNames.forEach((text, c) => {
        names.push({ x: x(c), y: top + LINE / 2, text: escapeMarkup(text) });
      });
      top += LINE;
    }
    names.push({
      x: PANEL.x,
      y: top + (rows.length * ROW) / 2,
      position: "middle right",
      text: escapeMarkup(name),
    });
    rows.forEach((row, r) => {
      Array.from(row).forEach((value, c) => {
        all.push({
          x: x(c),
          y: top + (r + 0.5) * ROW,
          text: decimal(value, Number.isInteger(value) ? 0 : digits),
          fill: valueColour(value),
        });
      });
    });
    top += rows.length * ROW + 12;
  }
  return { names, cells: all, bottom: top };
}

function cells(list: readonly Cell[]): Trace {
  return {
    type: "bar",
    x: list.map(({ x }) => x),
    y: list.map(() => ROW - 2),
    base: list.map(({ y }) => y - (ROW - 2) / 2),
    width: list.map(() => PANEL.cell - 2),
    marker: { color: list.map(({ fill }) => fill), line: { color: "#bdbdbd", width: 1 } },
    hoverinfo: "skip",
    showlegend: false,
  };
}

function describe({ boxes: given, stops }: AlgorithmStepperOptions): string {
  return `Flowchart of ${given.length} boxes, one below the other: ${given.map(({ heading }) => heading).join("; ")}. The run: ${stops.map(({ name, says }) => `${name}: ${says}`).join(" ")}`;
}
