import { Figure } from "./figure";
import { escapeMarkup, palette } from "./style";
import { counting, short, type Values } from "./values";

export interface HistogramOptions {
  title: string;
  xTitle: string;
  series: { name: string; values: Values }[];
  /** Number of equal intervals over the common range; default 30. */
  bins?: number;
  /** Counts, or shares of each series (default): comparable when the series differ in length. */
  measure?: "count" | "share";
  alt?: string;
  height?: number;
}

/** Distributions, counted here and not in the browser: the figure holds the bars, not the data. */
export function histogram(options: HistogramOptions): Figure {
  const { title, xTitle, series, bins = 30, measure = "share", height } = options;
  const finite = series.map(({ values }) => Array.from(values).filter(Number.isFinite));
  const all = finite.flat();
  if (all.length === 0)
    throw new RangeError("histogram: series: expected at least one finite value, got none");
  const low = all.reduce((a, b) => Math.min(a, b));
  const high = all.reduce((a, b) => Math.max(a, b));
  const width = (high - low) / bins || 1;
  const centres = counting(bins).map((k) => Number((low + (k - 0.5) * width).toPrecision(6)));
  const heights = finite.map((values) => {
    const counts = new Array<number>(bins).fill(0);
    for (const v of values) counts[Math.min(bins - 1, Math.floor((v - low) / width))]++;
    return measure === "count" ? counts : counts.map((n) => Number((n / values.length).toPrecision(6)));
  });
  return new Figure({
    title,
    alt:
      options.alt ??
      `Histogram of ${xTitle}. ${series.map(({ name }, k) => `${name}: ${finite[k].length} values, mean ${short(mean(finite[k]))}`).join("; ")}.`,
    data: series.map(({ name }, k) => ({
      type: "bar",
      name: escapeMarkup(name),
      x: centres,
      y: heights[k],
      width,
      marker: {
        color: palette[k % palette.length],
        opacity: series.length > 1 ? 0.6 : 1,
        line: { color: "#ffffff", width: 1 },
      },
      showlegend: series.length > 1,
    })),
    layout: {
      barmode: "overlay",
      xaxis: { title: { text: escapeMarkup(xTitle) } },
      yaxis: { title: { text: measure === "count" ? "Count" : "Share" } },
      ...(height && { height }),
    },
  });
}

const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
