import { Figure } from "./figure";
import { escapeMarkup, palette } from "./style";
import { plain, short, type Values } from "./values";

export interface BarChartOptions {
  title: string;
  xTitle: string;
  yTitle: string;
  categories: string[];
  /** One group of bars a series; with `errors`, the ends of an interval as [lower, upper]. */
  series: { name: string; values: Values; errors?: [lower: number, upper: number][] }[];
  /** Writes each value at its bar; default: with at most 24 bars. */
  showValues?: boolean;
  alt?: string;
  height?: number;
}

/** Bars by category, grouped by series. Intervals are drawn as error bars. */
export function barChart(options: BarChartOptions): Figure {
  const { title, xTitle, yTitle, categories, series, height } = options;
  const { showValues = categories.length * series.length <= 24 } = options;
  for (const { name, values } of series)
    if (values.length !== categories.length)
      throw new RangeError(
        `barChart: series "${name}": expected ${categories.length} values, got ${values.length}`,
      );
  return new Figure({
    title,
    alt: options.alt ?? describe(options),
    data: series.map(({ name, values, errors }, k) => ({
      type: "bar",
      name: escapeMarkup(name),
      x: categories.map((_, i) => i),
      y: plain(values),
      marker: { color: palette[k % palette.length] },
      showlegend: series.length > 1,
      ...(showValues &&
        !errors && { text: Array.from(values, (v) => short(v)), textposition: "outside", cliponaxis: false }),
      ...(errors && {
        error_y: {
          type: "data",
          symmetric: false,
          array: plain(errors.map(([, upper], i) => upper - values[i])),
          arrayminus: plain(errors.map(([lower], i) => values[i] - lower)),
        },
      }),
    })),
    layout: {
      barmode: "group",
      // Places are numbered: plotly would put two categories of one name together, and sort numbers.
      xaxis: {
        title: { text: escapeMarkup(xTitle) },
        tickvals: categories.map((_, i) => i),
        ticktext: categories.map(escapeMarkup),
      },
      yaxis: { title: { text: escapeMarkup(yTitle) }, zeroline: true, zerolinecolor: "#767676" },
      ...(height && { height }),
    },
  });
}

function describe({ categories, yTitle, series }: BarChartOptions): string {
  const groups = series.map(({ name, values }) => {
    const pairs = categories.slice(0, 12).map((category, i) => `${category} ${short(values[i])}`);
    return `${name}: ${pairs.join(", ")}${categories.length > 12 ? ", …" : ""}`;
  });
  return `Bar chart of ${yTitle}. ${groups.join("; ")}.`;
}
