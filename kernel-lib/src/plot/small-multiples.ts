import { Figure, type Layout, type Trace } from "./figure";

export interface SmallMultiplesOptions {
  title: string;
  /** Figures without frames, in reading order; their titles stand above them. */
  panels: Figure[];
  /** Default 2. */
  columns?: number;
  /** Height of one row of panels in pixels; default 280. */
  rowHeight?: number;
  alt?: string;
}

/** Several figures as one, in a grid. A legend entry that several panels have is shown once. */
export function smallMultiples({
  title,
  panels,
  columns = 2,
  rowHeight = 280,
  alt,
}: SmallMultiplesOptions): Figure {
  if (panels.length === 0)
    throw new RangeError("smallMultiples: panels: expected at least one figure, got none");
  const rows = Math.ceil(panels.length / columns);
  const layout: Layout = {
    height: rows * rowHeight + 110,
    margin: { l: 70, r: 30, t: 110, b: 60 },
    legend: {
      orientation: "h",
      x: 0,
      y: 1 + 32 / (rows * rowHeight),
      yanchor: "bottom",
      traceorder: "normal",
    },
    annotations: [],
    shapes: [],
    barmode: panels[0].layout.barmode,
    plot_bgcolor: panels[0].layout.plot_bgcolor,
  };
  const data: Trace[] = [];
  const named = new Set<unknown>();
  panels.forEach((panel, k) => {
    if (panel.frames)
      throw new TypeError(`smallMultiples: panel "${panel.title}": expected a figure without frames`);
    const cell = place(k, columns, rows, rowHeight);
    const suffix = k === 0 ? "" : String(k + 1);
    layout[`xaxis${suffix}`] = { ...onto(panel.layout.xaxis, suffix), domain: cell.x, anchor: `y${suffix}` };
    layout[`yaxis${suffix}`] = { ...onto(panel.layout.yaxis, suffix), domain: cell.y, anchor: `x${suffix}` };
    for (const trace of panel.data) {
      const showlegend = trace.showlegend !== false && trace.name !== undefined && !named.has(trace.name);
      if (trace.showlegend !== false) named.add(trace.name);
      const bar = trace.colorbar as object | undefined;
      const [middle, length] = [(cell.y[0] + cell.y[1]) / 2, cell.y[1] - cell.y[0]];
      data.push({
        ...trace,
        xaxis: `x${suffix}`,
        yaxis: `y${suffix}`,
        ...(trace.type !== "heatmap" && { showlegend, legendgroup: trace.name }),
        ...(bar && { colorbar: { ...bar, x: cell.x[1] + 0.01, y: middle, len: length, thickness: 10 } }),
      });
    }
    const heading = {
      text: panel.layout.title && (panel.layout.title as { text: string }).text,
      xref: "paper",
      yref: "paper",
      x: cell.x[0],
      xanchor: "left",
      y: cell.y[1],
      yanchor: "bottom",
      yshift: 4,
      showarrow: false,
      font: { size: 14 },
    };
    (layout.annotations as Layout[]).push(heading, ...moved(panel.layout.annotations, suffix, cell));
    (layout.shapes as Layout[]).push(...moved(panel.layout.shapes, suffix, cell));
  });
  return new Figure({ title, alt: alt ?? panels.map((p) => `${p.title}: ${p.alt}`).join(" "), data, layout });
}

interface Area {
  x: [number, number];
  y: [number, number];
}

/** The part of the paper, from 0 to 1, for the k-th panel; gaps leave room for axis titles. */
function place(k: number, columns: number, rows: number, rowHeight: number): Area {
  const [row, column] = [Math.floor(k / columns), k % columns];
  const gapX = columns > 1 ? 0.12 : 0;
  const gapY = rows > 1 ? 95 / (rows * rowHeight) : 0;
  const width = (1 - gapX * (columns - 1)) / columns;
  const height = (1 - gapY * (rows - 1)) / rows;
  const left = column * (width + gapX);
  const top = 1 - row * (height + gapY);
  const keep = (v: number) => Number(Math.min(1, Math.max(0, v)).toFixed(4));
  return { x: [keep(left), keep(left + width)], y: [keep(top - height), keep(top)] };
}

function onto(axis: unknown, suffix: string): Layout {
  const own = axis as Layout;
  return own.scaleanchor ? { ...own, scaleanchor: `${String(own.scaleanchor)[0]}${suffix}` } : own;
}

/** Shapes and annotations of a panel, moved to its axes and its part of the paper. */
function moved(items: unknown, suffix: string, area: Area): Layout[] {
  return ((items ?? []) as Layout[]).map((item) => {
    const out: Layout = { ...item };
    for (const side of ["x", "y"] as const) {
      const ref = `${side}ref`;
      if (item[ref] !== "paper") out[ref] = `${side}${suffix}`;
      else
        for (const key of [side, `${side}0`, `${side}1`])
          if (typeof item[key] === "number")
            out[key] = area[side][0] + (item[key] as number) * (area[side][1] - area[side][0]);
    }
    return out;
  });
}
