import { Figure } from "./figure";
import { logAxis } from "./log-axis";
import { dashes, escapeMarkup, faint, markers, palette } from "./style";
import { counting, inWords, plain, rounded, short, type Values } from "./values";

export interface LineSeries {
  name: string;
  /** Default 1, 2, …, n. */
  x?: Values;
  y: Values;
  /** An interval around the line. */
  band?: { lower: Values; upper: Values };
}

export interface LineChartOptions {
  title: string;
  xTitle: string;
  yTitle: string;
  series: LineSeries[];
  /** Default "linear". */
  yScale?: "linear" | "log";
  xScale?: "linear" | "log";
  /** Horizontal dashed lines to compare with, such as a baseline. */
  references?: { y: number; label: string }[];
  alt?: string;
  height?: number;
}

/** Lines over a common x axis; with at most 30 points each point is marked. A gap stands for what is not finite. */
export function lineChart(options: LineChartOptions): Figure {
  const {
    title,
    xTitle,
    yTitle,
    series,
    yScale = "linear",
    xScale = "linear",
    references = [],
    height,
  } = options;
  const traces = series.flatMap(({ name, x, y, band }, k) => {
    if (x && x.length !== y.length)
      throw new RangeError(`lineChart: series "${name}": expected ${y.length} x values, got ${x.length}`);
    const xs = plain(x ?? counting(y.length));
    const color = palette[k % palette.length];
    const line = {
      type: "scatter",
      mode: y.length <= 30 ? "lines+markers" : "lines",
      name: escapeMarkup(name),
      x: xs,
      y: plain(y),
      line: { color, width: 2.5, dash: dashes[k % dashes.length] },
      marker: { symbol: markers[k % markers.length], size: 7 },
      showlegend: series.length > 1,
    };
    if (!band) return [line];
    const edge = {
      type: "scatter",
      mode: "lines",
      x: xs,
      line: { width: 0, color },
      hoverinfo: "skip",
      showlegend: false,
    };
    return [
      { ...edge, y: plain(band.lower) },
      { ...edge, y: plain(band.upper), fill: "tonexty", fillcolor: `${color}33` },
      line,
    ];
  });
  const allX = series.flatMap(({ x, y }) => Array.from(x ?? counting(y.length)));
  const allY = [...series.flatMap(({ y }) => Array.from(y)), ...references.map(({ y }) => y)];
  const onScale = (y: number) => (yScale === "log" ? Math.log10(y) : y);
  return new Figure({
    title,
    alt: options.alt ?? describe(options),
    data: traces,
    layout: {
      xaxis: {
        title: { text: escapeMarkup(xTitle) },
        ...(xScale === "log" ? logAxis(allX) : { type: "linear" }),
      },
      yaxis: {
        title: { text: escapeMarkup(yTitle) },
        ...(yScale === "log" ? logAxis(allY) : { type: "linear" }),
      },
      shapes: references.map(({ y }) => ({
        type: "line",
        xref: "paper",
        x0: 0,
        x1: 1,
        y0: rounded(y),
        y1: rounded(y),
        line: { color: faint, width: 1.5, dash: "dash" },
      })),
      annotations: references.map(({ y, label }) => ({
        xref: "paper",
        x: 1,
        xanchor: "right",
        y: rounded(onScale(y)),
        yanchor: "bottom",
        text: escapeMarkup(label),
        showarrow: false,
        bgcolor: "rgba(255,255,255,0.7)",
        font: { size: 12, color: "#444444" },
      })),
      ...(height && { height }),
    },
  });
}

function describe({ xTitle, yTitle, series, references = [] }: LineChartOptions): string {
  const lines = series.map(({ name, y }) => `${name} ${inWords(y)}`);
  const marks = references.map(({ y, label }) => `${label} at ${short(y)}`);
  return `Line chart of ${yTitle} against ${xTitle}. ${[...lines, ...marks].join("; ")}.`;
}
