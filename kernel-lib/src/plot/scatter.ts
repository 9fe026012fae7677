import { Figure } from "./figure";
import { escapeMarkup, markers, palette } from "./style";
import { inWords, plain, type Values } from "./values";

export interface ScatterOptions {
  title: string;
  xTitle: string;
  yTitle: string;
  /** Points; `labels` are written beside them. */
  series: { name: string; x: Values; y: Values; labels?: string[] }[];
  /** The same length for one unit on both axes, for planes such as eigenvalues. */
  equalAxes?: boolean;
  alt?: string;
  height?: number;
}

/** Points in a plane, told apart by colour and symbol. */
export function scatter(options: ScatterOptions): Figure {
  const { title, xTitle, yTitle, series, equalAxes = false, height } = options;
  for (const { name, x, y } of series)
    if (x.length !== y.length)
      throw new RangeError(`scatter: series "${name}": expected ${y.length} x values, got ${x.length}`);
  return new Figure({
    title,
    alt:
      options.alt ??
      `Scatter plot of ${yTitle} against ${xTitle}. ${series.map(({ name, y }) => `${name}: ${y.length} points, ${yTitle} ${inWords(y)}`).join("; ")}.`,
    data: series.map(({ name, x, y, labels }, k) => ({
      type: "scatter",
      mode: labels ? "markers+text" : "markers",
      name: escapeMarkup(name),
      x: plain(x),
      y: plain(y),
      marker: {
        color: palette[k % palette.length],
        symbol: markers[k % markers.length],
        size: 9,
        opacity: 0.85,
      },
      showlegend: series.length > 1,
      ...(labels && { text: labels.map(escapeMarkup), textposition: "top center", cliponaxis: false }),
    })),
    layout: {
      xaxis: { title: { text: escapeMarkup(xTitle) } },
      yaxis: { title: { text: escapeMarkup(yTitle) }, ...(equalAxes && { scaleanchor: "x", scaleratio: 1 }) },
      ...(height && { height }),
    },
  });
}
