import { expect, it } from "vitest";
import { Matrix } from "../../src/math/matrix";
import { animate } from "../../src/plot/animate";
import { barChart } from "../../src/plot/bar-chart";
import { Figure } from "../../src/plot/figure";
import { gateChart } from "../../src/plot/gate-chart";
import { gateHeatmaps } from "../../src/plot/gate-heatmaps";
import { heatmap } from "../../src/plot/heatmap";
import { histogram } from "../../src/plot/histogram";
import { lineChart } from "../../src/plot/line-chart";
import { scatter } from "../../src/plot/scatter";
import { smallMultiples } from "../../src/plot/small-multiples";
import { unrolledRnn } from "../../src/plot/unrolled-rnn";
import { plain } from "../../src/plot/values";
import { figures } from "./figures";

const displaySymbol = Symbol.for("Jupyter.display");
const bundleOf = (figure: Figure) =>
  Reflect.get(figure, displaySymbol).call(figure) as Record<string, unknown>;
const lines = { xTitle: "x", yTitle: "y" };

for (const [name, figure] of Object.entries(figures)) {
  it(`${name}: the figure is the same as before`, () => {
    expect(JSON.parse(JSON.stringify(figure))).toMatchSnapshot();
  });
  it(`${name}: it shows as plotly JSON, and as a text that says what is in it`, () => {
    const bundle = bundleOf(figure);
    expect(Object.keys(bundle)).toEqual(["application/vnd.plotly.v1+json", "text/plain"]);
    expect(bundle["text/plain"]).toBe(`${figure.title}: ${figure.alt}`);
    expect(figure.alt.length).toBeGreaterThan(20);
  });
}

it("numbers have six digits; what is not finite is a gap", () => {
  expect(plain([1 / 3, Number.NaN, Number.POSITIVE_INFINITY, 123456.789])).toEqual([
    0.333333,
    null,
    null,
    123457,
  ]);
});

it("hostile names are shown as they are: plotly's markup is escaped", () => {
  const name = "<script>alert(1)</script>";
  const figure = lineChart({ ...lines, title: name, series: ["a", name].map((s) => ({ name: s, y: [1] })) });
  expect(JSON.stringify(figure.toJSON())).not.toContain("<script>");
  expect(figure.data[1].name).toBe("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(
    unrolledRnn({ steps: [{ x: [1], h: [1] }], inputLabels: [name] })
      .data.map(String)
      .join(),
  ).not.toContain(name);
  expect(JSON.stringify(heatmap({ ...lines, title: name, z: [[1]], xLabels: [name] }))).not.toContain(
    "<script>",
  );
});

it("a long title is broken into lines", () => {
  const figure = new Figure({ title: "word ".repeat(30).trim(), alt: "", data: [] });
  for (const line of (figure.layout.title as { text: string }).text.split("<br>"))
    expect(line.length).toBeLessThanOrEqual(60);
});

it("equal labels keep places of their own, and blanks can be seen", () => {
  const { layout } = heatmap({ ...lines, title: "t", z: [[1, 2, 3, 4]], xLabels: ["a", "a", " ", "\n"] });
  expect(layout.xaxis).toMatchObject({ tickvals: [0, 1, 2, 3], ticktext: ["a", "a", "␣", "↵"] });
});

it("a heatmap takes a Matrix, and centres the colours of values around zero", () => {
  const figure = heatmap({
    ...lines,
    title: "t",
    z: Matrix.from([
      [1, -2],
      [0, 1],
    ]),
  });
  expect(figure.data[0]).toMatchObject({
    z: [
      [1, -2],
      [0, 1],
    ],
    zmin: -2,
    zmax: 2,
  });
});

it("a histogram's shares sum to one, and every value is counted", () => {
  const values = Array.from({ length: 1000 }, (_, i) => Math.sin(i));
  const { data } = histogram({
    title: "t",
    xTitle: "x",
    series: [{ name: "a", values }],
    measure: "count",
    bins: 7,
  });
  expect((data[0].y as number[]).reduce((a, b) => a + b)).toBe(1000);
});

it("an animation plays by its own frames: each step of the slider names one", () => {
  const figure = figures["unrolled RNN"];
  const [slider] = figure.layout.sliders as { steps: { args: [string[]] }[]; active: number }[];
  const names = figure.frames?.map(({ name }) => name);
  expect(slider.steps.map(({ args }) => args[0][0])).toEqual(names);
  expect(new Set(names).size).toBe(names?.length);
  expect(slider.active).toBe(2);
  const shown = figure.data.slice(-(figure.frames?.[2].data.length ?? 0));
  expect(shown).toEqual(figure.frames?.[2].data);
});

it("small multiples put each panel on axes of its own and name a series once in the legend", () => {
  const { data, layout } = figures["small multiples"];
  expect(data.map(({ xaxis, yaxis }) => [xaxis, yaxis])).toEqual([
    ["x", "y"],
    ["x", "y"],
    ["x2", "y2"],
    ["x2", "y2"],
  ]);
  expect(data.map(({ showlegend }) => showlegend)).toEqual([true, true, false, false]);
  expect((layout.shapes as { yref?: string }[]).map(({ yref }) => yref)).toEqual(["y", "y2"]);
  const [left, right] = [layout.xaxis, layout.xaxis2].map((axis) => (axis as { domain: number[] }).domain);
  expect(left[1]).toBeLessThan(right[0]);
});

it("what does not fit together is named", () => {
  const message = (make: () => unknown): string => {
    try {
      make();
      return "no error";
    } catch (error) {
      return (error as Error).message;
    }
  };
  const t = { ...lines, title: "t" };
  expect([
    message(() => lineChart({ ...t, series: [{ name: "a", x: [1], y: [1, 2] }] })),
    message(() => barChart({ ...t, categories: ["p"], series: [{ name: "a", values: [1, 2] }] })),
    message(() => scatter({ ...t, series: [{ name: "a", x: [1], y: [] }] })),
    message(() => heatmap({ ...t, z: [[1, 2]], xLabels: ["a"] })),
    message(() => histogram({ ...t, series: [{ name: "a", values: [Number.NaN] }] })),
    message(() => unrolledRnn({ steps: [] })),
    message(() => gateChart({ steps: [{ z: [1] }] })),
    message(() => gateHeatmaps({ steps: [{ f: [1] }], stepLabels: ["a"], parts: ["q"] })),
    message(() => smallMultiples({ title: "t", panels: [] })),
    message(() =>
      animate({
        title: "t",
        alt: "a",
        frames: [
          { name: "1", data: [{}] },
          { name: "2", data: [] },
        ],
      }),
    ),
    message(() =>
      animate({
        title: "t",
        alt: "a",
        frames: [
          { name: "1", data: [] },
          { name: "1", data: [] },
        ],
      }),
    ),
  ]).toMatchInlineSnapshot(`
    [
      "lineChart: series "a": expected 2 x values, got 1",
      "barChart: series "a": expected 1 values, got 2",
      "scatter: series "a": expected 0 x values, got 1",
      "heatmap: xLabels: expected 2 labels, got 1",
      "histogram: series: expected at least one finite value, got none",
      "unrolledRnn: steps: expected 1 to 8 steps, got 0",
      "gateChart: steps: expected f, i, g, c, o and h, got z",
      "gateHeatmaps: parts: expected f, got q",
      "smallMultiples: panels: expected at least one figure, got none",
      "animate: frame "2": expected 1 traces, got 0",
      "animate: frames: expected names that differ, got "1" twice",
    ]
  `);
});
