import { Figure } from "./figure";
import { heatmap } from "./heatmap";
import { smallMultiples } from "./small-multiples";
import { divergingScale, escapeMarkup, faint, sequentialScale } from "./style";
import { type Grid, gridRows } from "./values";

export interface HeatmapPanelsOptions {
  title: string;
  /** In reading order, row by row. */
  panels: { title: string; z: Grid; xTitle?: string; xLabels?: string[]; yLabels?: string[] }[];
  yTitle: string;
  /** Panels in a row; default all. */
  columns?: number;
  /** What the colours measure. */
  zTitle?: string;
  /** Height of one row of panels in pixels; default 230. */
  rowHeight?: number;
  /** Writes each value in its cell; default: in panels with at most 100 cells. */
  showValues?: boolean;
  alt?: string;
}

/**
 * Several small matrices on one colour scale, so that they can be compared: Jacobians by distance, each step's
 * share of a gradient. The scale is symmetric about zero where there are both signs.
 */
export function heatmapPanels(options: HeatmapPanelsOptions): Figure {
  const {
    title,
    panels,
    yTitle,
    columns = panels.length,
    zTitle = "",
    rowHeight = 230,
    showValues,
    alt,
  } = options;
  const values = panels.flatMap(({ z }) => gridRows(z).flat()).filter(Number.isFinite);
  const [low, high] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [0, 0]);
  const diverging = low < 0 && high > 0;
  const reach = Math.max(-low, high);
  const grid = smallMultiples({
    title,
    columns,
    rowHeight,
    alt,
    panels: panels.map(({ xTitle = "", ...panel }, k) =>
      heatmap({ ...panel, xTitle, yTitle: k % columns === 0 ? yTitle : "", showValues }),
    ),
  });
  return new Figure({
    title,
    alt: grid.alt,
    data: grid.data.map(({ zmin, zmax, colorscale, colorbar, ...trace }) => ({
      ...trace,
      coloraxis: "coloraxis",
    })),
    layout: {
      ...grid.layout,
      coloraxis: {
        cmin: diverging ? -reach : low,
        cmax: diverging ? reach : high,
        colorscale: diverging ? divergingScale : sequentialScale,
        colorbar: { title: { text: escapeMarkup(zTitle), side: "right" }, thickness: 14, outlinewidth: 0 },
      },
      plot_bgcolor: faint, // shows between the cells, so that a zero's white is a cell too
    },
  });
}
