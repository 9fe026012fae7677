import { Figure } from "./figure";
import { divergingScale, escapeMarkup, sequentialScale } from "./style";
import { type Grid, gridRows, plain, short, visible } from "./values";

export interface HeatmapOptions {
  title: string;
  xTitle: string;
  yTitle: string;
  /** Rows from top to bottom: numbers, or a Matrix. */
  z: Grid;
  /** Labels of the columns and rows, all shown; blank characters are made visible. Default: 1, 2, …. */
  xLabels?: string[];
  yLabels?: string[];
  /** "sequential" for amounts, "diverging" for values around zero; default by the data's signs. */
  scale?: "sequential" | "diverging";
  /** The ends of the colour scale; default: the data's. */
  range?: [number, number];
  /** What the colours measure. */
  zTitle?: string;
  /** Writes each value in its cell; default: with at most 100 cells. */
  showValues?: boolean;
  alt?: string;
  height?: number;
}

/** A matrix as colours: gates over characters, attention weights, confusion counts. */
export function heatmap(options: HeatmapOptions): Figure {
  const { title, xTitle, yTitle, xLabels, yLabels, zTitle = "" } = options;
  const rows = gridRows(options.z);
  const cols = rows[0]?.length ?? 0;
  assertLabels("xLabels", xLabels, cols);
  assertLabels("yLabels", yLabels, rows.length);
  const [low, high] = extent(rows.flat());
  const { scale = low < 0 && high > 0 ? "diverging" : "sequential" } = options;
  const reach = Math.max(Math.abs(low), Math.abs(high));
  const [zmin, zmax] = options.range ?? (scale === "diverging" ? [-reach, reach] : [low, high]);
  const { showValues = rows.length * cols <= 100 } = options;
  return new Figure({
    title,
    alt:
      options.alt ??
      `Heatmap of ${zTitle || "values"}, ${rows.length} × ${cols} (${yTitle} by ${xTitle}), from ${short(low)} to ${short(high)}.`,
    data: [
      {
        type: "heatmap",
        z: rows.map(plain),
        zmin,
        zmax,
        colorscale: scale === "diverging" ? divergingScale : sequentialScale,
        xgap: 1,
        ygap: 1,
        colorbar: { title: { text: escapeMarkup(zTitle), side: "top" }, thickness: 16, outlinewidth: 0 },
        hovertemplate: `${escapeMarkup(yTitle)} %{y}, ${escapeMarkup(xTitle)} %{x}: %{z}<extra></extra>`,
        ...(showValues && { text: rows.map((row) => row.map((v) => short(v, 2))), texttemplate: "%{text}" }),
      },
    ],
    layout: {
      xaxis: {
        title: { text: escapeMarkup(xTitle) },
        showgrid: false,
        showline: false,
        ...labelled(xLabels, cols),
      },
      yaxis: {
        title: { text: escapeMarkup(yTitle) },
        autorange: "reversed",
        showgrid: false,
        showline: false,
        ...labelled(yLabels, rows.length),
      },
      plot_bgcolor: "#d9d9d9",
      margin: { l: 70, r: 30, t: 70, b: 60 },
      height: options.height ?? Math.min(900, Math.max(260, 160 + 26 * rows.length)),
    },
  });
}

/** Labels at numbered places: as categories, two equal characters would fall into one. */
function labelled(labels: string[] | undefined, n: number): Record<string, unknown> {
  if (!labels) {
    const every = Math.ceil(n / 16);
    const shown = places(n).filter((i) => (i + 1) % every === 0 || every === 1);
    return { tickvals: shown, ticktext: shown.map((i) => String(i + 1)) };
  }
  return {
    tickvals: places(n),
    ticktext: labels.map((label) => escapeMarkup(visible(label))),
    tickangle: longest(labels) > 3 && n > 8 ? -45 : 0,
    ...(n > 40 && { tickfont: { size: 11 } }),
  };
}

const places = (n: number) => Array.from({ length: n }, (_, i) => i);
const longest = (labels: string[]) =>
  labels.reduce((n, label) => Math.max(n, label.replace(/\p{M}/gu, "").length), 0);

function assertLabels(name: string, labels: string[] | undefined, n: number): void {
  if (labels && labels.length !== n)
    throw new RangeError(`heatmap: ${name}: expected ${n} labels, got ${labels.length}`);
}

function extent(values: number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  return finite.length
    ? [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))]
    : [0, 1];
}
