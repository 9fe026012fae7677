import { animate } from "../plot/animate";
import { canvas, type Label, labels } from "../plot/diagram";
import type { Figure, Trace } from "../plot/figure";
import { escapeMarkup } from "../plot/style";
import type { ComputationGraph, NodeValues } from "./computation-graph";
import { decimal, describeGraph, describeResults, exactValue, shapeOf } from "./graph-text";
import {
  type GraphLayout,
  HEADER,
  layoutGraph,
  type PlacedEdge,
  type PlacedNode,
  showsNumbers,
} from "./layout";
import { fills, lines, meanings, valueColour } from "./node-colours";

export interface GraphFrame {
  /** At the slider; frames without one are only played. */
  name: string;
  /** All values of the run that this frame shows. */
  values: NodeValues;
  /** Nodes that are computed by now; default: all. The others stay empty. */
  known?: ReadonlySet<string>;
  /** Played on the way to the next frame, without a position at the slider. */
  between?: boolean;
  /** Stands below the picture. */
  caption?: string;
}

export interface GraphFigureOptions {
  title: string;
  graph: ComputationGraph;
  frames: GraphFrame[];
  /** What the slider counts; default "time step". */
  sliderLabel?: string;
  /** Index of the frame shown first, and in a static picture; default: the last one. */
  start?: number;
  alt?: string;
}

/** Height of the caption's line, inside the axes: plotly hides what lies outside. */
const CAPTION = 28;

/**
 * A computation graph with its live values. Boxes fill as they are computed; colour shows each element from −1 to 1; hover
 * over a box for its equation, shape and exact value. Slider and play button are inside the figure.
 */
export function graphFigure(options: GraphFigureOptions): Figure {
  const { title, graph, frames, sliderLabel = "time step", start = frames.length - 1 } = options;
  if (frames.length === 0) throw new RangeError("graphFigure: frames: expected at least one frame, got none");
  const layout = layoutGraph(graph, frames[start].values);
  const margin = { l: 10, r: 10, t: 84, b: 120 };
  return animate({
    title,
    alt:
      options.alt ??
      `${describeGraph(graph)} Shown is ${sliderLabel} ${frames[start].name}: ${describeResults(graph, frames[start].values)}.`,
    sliderLabel,
    start,
    duration: 700,
    background: [
      ...legend(graph),
      edges(layout.edges, "#8a8a8a"),
      labels(
        layout.nodes.map(({ node, x, y, height }) => ({
          x,
          y: y - height / 2 + HEADER / 2,
          text: `<b>${escapeMarkup(node.label)}</b>`,
        })),
        { size: 12 },
      ),
    ],
    frames: frames.map((frame) => ({
      name: frame.name,
      between: frame.between,
      data: picture(layout, frame),
    })),
    layout: {
      ...canvas([0, layout.width], [layout.height + CAPTION, 0]),
      barmode: "overlay",
      width: layout.width + margin.l + margin.r,
      height: layout.height + CAPTION + margin.t + margin.b,
      margin,
      legend: {
        orientation: "h",
        x: 0,
        xanchor: "left",
        y: 1,
        yanchor: "bottom",
        itemclick: false,
        itemdoubleclick: false,
      },
    },
  });
}

function picture({ nodes, height }: GraphLayout, { values, known, caption = "" }: GraphFrame): Trace[] {
  const isKnown = ({ node }: PlacedNode) => !known || known.has(node.id);
  const filled = nodes.filter(isKnown).flatMap((placed) => valueCells(placed, values));
  const numbers = filled.filter(({ text }) => text !== "");
  return [
    bars(
      nodes.map((placed) => ({
        ...placed,
        fill: isKnown(placed) ? fills[placed.node.kind] : "#ffffff",
        line: isKnown(placed) ? lines[placed.node.kind] : "#c4c4c4",
        hover: hover(placed, isKnown(placed) ? values : undefined),
      })),
    ),
    bars(filled),
    labels(numbers, { size: 11 }),
    labels([{ x: 0, y: height + CAPTION / 2, text: escapeMarkup(caption), position: "middle right" }], {
      size: 14,
    }),
  ];
}

interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
  fill: string;
  line?: string;
  hover?: string;
}

/** Boxes of one width, drawn as bars: these can be hovered over on all of their area. */
function bars(list: readonly Bar[]): Trace {
  return {
    type: "bar",
    x: list.map(({ x }) => tenth(x)),
    y: list.map(({ height }) => height),
    base: list.map(({ y, height }) => tenth(y - height / 2)),
    width: list[0]?.width,
    marker: {
      color: list.map(({ fill }) => fill),
      line: {
        color: list.map(({ line, fill }) => line ?? fill),
        width: list.some(({ line }) => line) ? 1.6 : 0,
      },
    },
    showlegend: false,
    ...(list.some(({ hover }) => hover)
      ? { hovertext: list.map(({ hover }) => hover), hoverinfo: "text", textposition: "none" }
      : { hoverinfo: "skip" }),
  };
}

function valueCells(placed: PlacedNode, values: NodeValues): (Bar & Label)[] {
  const { node, x, y, width, height, cells, cellHeight } = placed;
  const value = values[node.id].row(0);
  return Array.from({ length: cells }, (_, k) => {
    const fill = node.says ? "#ffffff" : valueColour(value.data[k]);
    const text = node.says?.(value) ?? (showsNumbers(placed) ? decimal(value.data[k], 2) : "");
    return {
      x: tenth(x),
      y: tenth(y - height / 2 + HEADER + (k + 0.5) * cellHeight),
      width: width - 8,
      height: cellHeight - (cellHeight > 8 ? 1 : 0),
      fill,
      text: escapeMarkup(text),
    };
  });
}

function hover({ node }: PlacedNode, values: NodeValues | undefined): string {
  const says = values && node.says ? `: ${escapeMarkup(node.says(values[node.id]))}` : "";
  const now = values
    ? `shape ${shapeOf(values, node.id)}<br>value ${exactValue(values, node.id)}`
    : "not yet computed";
  return `<b>${escapeMarkup(node.meaning)}${says}</b><br>${escapeMarkup(node.equation)}<br>${now}`;
}

/** All edges as one trace: each a line, a sampled Bézier curve, and a head. */
function edges(list: readonly PlacedEdge[], color: string): Trace {
  const SAMPLES = 12;
  const xs: (number | null)[] = [];
  const ys: (number | null)[] = [];
  const sizes: number[] = [];
  for (const { start, bend, handles, tail, end } of list) {
    const curve = Array.from({ length: SAMPLES + 1 }, (_, k) => {
      const t = k / SAMPLES;
      const weights = [
        (1 - t) * (1 - t) * (1 - t),
        3 * t * (1 - t) * (1 - t),
        3 * t * t * (1 - t),
        t * t * t,
      ];
      const points = [bend, ...handles, tail];
      return [0, 1].map((axis) => tenth(points.reduce((sum, point, i) => sum + weights[i] * point[axis], 0)));
    });
    const path = [start, ...curve, end];
    xs.push(...path.map(([x]) => x), null);
    ys.push(...path.map(([, y]) => y), null);
    sizes.push(...path.map((_, k) => (k === path.length - 1 ? 10 : 0)), 0);
  }
  return {
    type: "scatter",
    mode: "lines+markers",
    x: xs,
    y: ys,
    line: { color, width: 1.6, simplify: false },
    marker: { symbol: "arrow", angleref: "previous", size: sizes, color, opacity: 1, line: { width: 0 } },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** A line of the legend for each colour that the graph has. */
function legend(graph: ComputationGraph): Trace[] {
  const present = graph.nodes.map(({ kind }) => kind);
  const kinds = present.filter(
    (kind, k) => present.findIndex((other) => meanings[other] === meanings[kind]) === k,
  );
  return kinds.map((kind) => ({
    type: "scatter",
    mode: "markers",
    x: [null],
    y: [null],
    name: meanings[kind],
    marker: { symbol: "square", size: 13, color: fills[kind], line: { color: lines[kind], width: 1.6 } },
    hoverinfo: "skip",
    showlegend: true,
  }));
}

/** Pixels need no more digits, and notebooks stay small. */
const tenth = (pixels: number): number => Number(pixels.toFixed(1));
