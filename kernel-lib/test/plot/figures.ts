import { barChart } from "../../src/plot/bar-chart";
import type { Figure } from "../../src/plot/figure";
import { gateChart } from "../../src/plot/gate-chart";
import { gateHeatmaps } from "../../src/plot/gate-heatmaps";
import { heatmap } from "../../src/plot/heatmap";
import { histogram } from "../../src/plot/histogram";
import { lineChart } from "../../src/plot/line-chart";
import { scatter } from "../../src/plot/scatter";
import { smallMultiples } from "../../src/plot/small-multiples";
import { unrolledRnn } from "../../src/plot/unrolled-rnn";

const gates = { f: [0.7], i: [0.57], g: [-0.42], c: [0.24], o: [0.65], h: [0.15] };

/** One small figure of each kind. */
export const figures: Record<string, Figure> = {
  "line chart": lineChart({
    title: "Loss",
    xTitle: "Step",
    yTitle: "Nats",
    yScale: "log",
    series: [
      { name: "training", y: [3, 2, 1], band: { lower: [2, 1, 0.5], upper: [4, 3, 2] } },
      { name: "validation", x: [1, 2, 3], y: [3, Number.NaN, 2] },
    ],
    references: [{ y: 2.5, label: "unigram" }],
  }),
  "bar chart": barChart({
    title: "Perplexity",
    xTitle: "Model",
    yTitle: "Perplexity",
    categories: ["unigram", "LSTM"],
    series: [
      {
        name: "test",
        values: [18, 5],
        errors: [
          [17, 19.5],
          [4, 5.5],
        ],
      },
    ],
  }),
  heatmap: heatmap({
    title: "Cell state",
    xTitle: "Character",
    yTitle: "Unit",
    z: [
      [1 / 3, -1, 0, 1],
      [0.5, 0, 1, 0],
    ],
    xLabels: ["क्षि", " ", "न", "न"],
  }),
  scatter: scatter({
    title: "Eigenvalues",
    xTitle: "Real part",
    yTitle: "Imaginary part",
    equalAxes: true,
    series: [{ name: "W", x: [0.5, 0.5], y: [0.3, -0.3], labels: ["a", "b"] }],
  }),
  histogram: histogram({
    title: "Weights",
    xTitle: "Weight",
    bins: 4,
    series: [{ name: "kernel", values: [0, 0.1, 0.5, 0.9, 1] }],
  }),
  "unrolled RNN": unrolledRnn({
    steps: [
      { x: [1, 0], h: [0.46, 0.1], y: [1] },
      { x: [0, 1], h: [0.38, 0.5], y: [2] },
    ],
    inputLabels: ["न", "म"],
  }),
  "gate chart over time": gateChart({ steps: [gates, gates], stepLabels: ["a", "b"] }),
  "gate chart of one step": gateChart({ steps: [gates] }),
  "gate heatmaps": gateHeatmaps({ steps: [gates, gates], stepLabels: ["a", "b"], parts: ["f", "h"] }),
  "small multiples": smallMultiples({
    title: "Two",
    panels: ["A", "B"].map((title) =>
      lineChart({
        title,
        xTitle: "x",
        yTitle: "y",
        series: [
          { name: "one", y: [1, 2] },
          { name: "two", y: [2, 1] },
        ],
        references: [{ y: 1.5, label: "half" }],
      }),
    ),
  }),
};
