import { type LineChartOptions, lineChart } from "../plot/line-chart";
import { createDisplay } from "./display";

export interface LossPlotOptions {
  title: string;
  /** Names of the curves, such as ["training", "validation"]. */
  series: string[];
  /** Redraws after this many calls of `add`; default 1. Choose it for at most five redraws a second. */
  every?: number;
  xTitle?: string;
  yTitle?: string;
  yScale?: "linear" | "log";
  references?: LineChartOptions["references"];
}

export interface LossPlot {
  /** Adds a value of each curve at `step`; NaN leaves a gap. */
  add(step: number, ...values: number[]): void;
  /** Draws all points: call it after training, so that what is saved holds the last step. */
  finish(): void;
}

/**
 * A line chart that grows below the cell while a model trains. It is redrawn by count, never by the clock, so
 * that the same training leaves the same picture.
 */
export function lossPlot(options: LossPlotOptions): LossPlot {
  const { title, series, every = 1, xTitle = "Step", yTitle = "Loss", yScale, references } = options;
  const handle = createDisplay();
  const steps: number[] = [];
  const curves = series.map((): number[] => []);
  const draw = () =>
    handle.update(
      lineChart({
        title,
        xTitle,
        yTitle,
        yScale,
        references,
        series: series.map((name, k) => ({ name, x: [...steps], y: [...curves[k]] })),
      }),
    );
  return {
    add(step, ...values) {
      if (values.length !== series.length)
        throw new RangeError(
          `lossPlot.add: values: expected ${series.length} (${series.join(", ")}), got ${values.length}`,
        );
      steps.push(step);
      values.forEach((value, k) => {
        curves[k].push(value);
      });
      if (steps.length % every === 0) draw();
    },
    finish: draw,
  };
}
