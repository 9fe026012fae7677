import type { Trace } from "./figure";
import { ink } from "./style";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Arrow {
  from: [number, number];
  to: [number, number];
}

/** Rectangles as one trace: an outline filled with `fill`. */
export function boxes(list: Box[], { line, fill }: { line: string; fill: string }): Trace {
  const corners = list.flatMap(({ x, y, width: w, height: h }) => [
    [x - w / 2, y - h / 2],
    [x + w / 2, y - h / 2],
    [x + w / 2, y + h / 2],
    [x - w / 2, y + h / 2],
    [x - w / 2, y - h / 2],
    [null, null],
  ]);
  return {
    type: "scatter",
    mode: "lines",
    x: corners.map(([x]) => x),
    y: corners.map(([, y]) => y),
    fill: "toself",
    fillcolor: fill,
    line: { color: line, width: 2 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** Arrows as one trace; the head lies at `to`. */
export function arrows(list: Arrow[], color: string): Trace {
  return {
    type: "scatter",
    mode: "lines+markers",
    x: list.flatMap(({ from, to }) => [from[0], to[0], null]),
    y: list.flatMap(({ from, to }) => [from[1], to[1], null]),
    line: { color, width: 2 },
    marker: {
      symbol: "arrow",
      angleref: "previous",
      size: list.flatMap(() => [0, 13, 0]),
      color,
      opacity: 1,
    },
    hoverinfo: "skip",
    showlegend: false,
  };
}

export interface Label {
  x: number;
  y: number;
  text: string;
  /** Where the text lies seen from the point; default "middle center". */
  position?: string;
}

/** Texts as one trace; `hover` shows more of each. */
export function labels(
  list: Label[],
  { size = 13, color = ink, hover }: { size?: number; color?: string; hover?: string[] } = {},
): Trace {
  return {
    type: "scatter",
    mode: "text",
    x: list.map(({ x }) => x),
    y: list.map(({ y }) => y),
    text: list.map(({ text }) => text),
    textposition: list.map(({ position }) => position ?? "middle center"),
    textfont: { size, color },
    cliponaxis: false,
    showlegend: false,
    ...(hover ? { hovertext: hover, hoverinfo: "text" } : { hoverinfo: "skip" }),
  };
}

/** Axes that can't be seen, over [x0, x1] × [y0, y1]. */
export function canvas(x: [number, number], y: [number, number]): Record<string, unknown> {
  const hidden = { visible: false, fixedrange: true, automargin: false };
  return {
    xaxis: { ...hidden, range: x },
    yaxis: { ...hidden, range: y },
    hovermode: "closest",
    dragmode: false,
  };
}
