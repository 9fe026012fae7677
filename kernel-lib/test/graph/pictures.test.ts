import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { Dense } from "../../src/cells/dense";
import { GRUCell } from "../../src/cells/gru";
import { LSTMCell } from "../../src/cells/lstm";
import { RNNCell } from "../../src/cells/rnn";
import type { ComputationGraph } from "../../src/graph/computation-graph";
import { columnFrames, runSequence, stepFrames } from "../../src/graph/frames";
import { graphFigure } from "../../src/graph/graph-figure";
import { graphSvg } from "../../src/graph/graph-svg";
import { decimal, describeGraph } from "../../src/graph/graph-text";
import { gruGraph } from "../../src/graph/gru-graph";
import { layoutGraph } from "../../src/graph/layout";
import { lstmGraph } from "../../src/graph/lstm-graph";
import { valueColour } from "../../src/graph/node-colours";
import { rnnGraph } from "../../src/graph/rnn-graph";
import { unrolledGraph } from "../../src/graph/unrolled-graph";
import { Matrix } from "../../src/math/matrix";
import { rng, uniformSequence } from "../../src/math/random";
import { ink } from "../../src/plot/style";

const random = rng(1);
const size = { inputSize: 2, units: 2, random };
const xs = uniformSequence(random, { timesteps: 3, batch: 1, features: 2 });
const h = Matrix.zeros(1, 2);
const rnn = RNNCell.init(size);
const lstm = lstmGraph(LSTMCell.init(size));
const gru = gruGraph(GRUCell.init(size));
const lstmRuns = runSequence(lstm, xs, { hBefore: h, cBefore: h }, { hBefore: "h", cBefore: "c" });
const unrolled = unrolledGraph({ cell: rnn, head: Dense.init({ ...size }), name: "RNN" }, 3);
const drawn: [ComputationGraph, ReturnType<ComputationGraph["run"]>][] = [
  [rnnGraph(rnn), rnnGraph(rnn).run({ x: xs[0], hBefore: h })],
  [lstm, lstmRuns[2]],
  [gru, gru.run({ x: xs[0], hBefore: h })],
  [unrolled, unrolled.run({ h0: h, x1: xs[0], x2: xs[1], x3: xs[2] })],
];

for (const [graph, values] of drawn)
  describe(`${graph.title}: the layout`, () => {
    const { nodes, edges, width, height } = layoutGraph(graph, values);
    const box = (node: (typeof nodes)[number]) => ({
      left: node.x - node.width / 2,
      right: node.x + node.width / 2,
      top: node.y - node.height / 2,
      bottom: node.y + node.height / 2,
    });
    it("has every box inside the picture and none over another", () => {
      for (const a of nodes) {
        const { left, right, top, bottom } = box(a);
        expect([left >= 0, right <= width, top >= 0, bottom <= height]).toEqual([true, true, true, true]);
        for (const b of nodes.filter((other) => other !== a))
          expect(Math.abs(a.x - b.x) >= a.width || Math.abs(a.y - b.y) >= (a.height + b.height) / 2).toBe(
            true,
          );
      }
    });
    it("has an edge for every input, and none through a box that it does not join", () => {
      expect(edges.map(({ from, to }) => `${from}>${to}`).sort()).toEqual(
        graph.nodes.flatMap(({ id, inputs }) => inputs.map((input) => `${input}>${id}`)).sort(),
      );
      for (const { from, to, start, bend, handles, tail, end } of edges) {
        const bezier = (t: number, axis: 0 | 1) =>
          (1 - t) ** 3 * bend[axis] +
          3 * t * (1 - t) ** 2 * handles[0][axis] +
          3 * t * t * (1 - t) * handles[1][axis] +
          t ** 3 * tail[axis];
        const line = (t: number, axis: 0 | 1) => start[axis] + t * (bend[axis] - start[axis]);
        const along = Array.from({ length: 41 }, (_, k) => k / 40);
        const points = [
          ...along.map((t) => [line(t, 0), line(t, 1)]),
          ...along.map((t) => [bezier(t, 0), bezier(t, 1)]),
          end,
        ];
        for (const other of nodes.filter(({ node }) => node.id !== from && node.id !== to)) {
          const { left, right, top, bottom } = box(other);
          const hit = points.find(([x, y]) => x > left && x < right && y > top && y < bottom);
          expect(hit, `${from} → ${to} through ${other.node.id}`).toBeUndefined();
        }
      }
    });
  });

describe("the SVG", () => {
  const svg = new JSDOM(graphSvg(lstm, lstmRuns[0]), { contentType: "image/svg+xml" }).window.document
    .documentElement;
  it("has a title, and a description of what is computed from what", () => {
    const told = ["aria-labelledby", "aria-describedby"].map(
      (name) => svg.querySelector(`#${svg.getAttribute(name)}`)?.textContent,
    );
    expect(told).toEqual(["LSTM cell", describeGraph(lstm)]);
  });
  it("leaves its boxes to a screen reader, each named with role, equation, shape and value", () => {
    expect(svg.getAttribute("role")).toBe("group");
    const names = [...svg.querySelectorAll("g[role=img]")].map((box) => box.getAttribute("aria-label"));
    expect(names).toHaveLength(lstm.nodes.length);
    const value = Array.from(lstmRuns[0].f.data, (v) => v.toFixed(4)).join(", ");
    expect(names).toContain(
      `fₜ = σ, forget gate: fₜ = σ(W_f·[hₜ₋₁, xₜ] + b_f); shape [1, 2], value [${value}]`,
    );
  });
  it("keeps its text as text, and each box has the same as a tooltip", () => {
    for (const box of svg.querySelectorAll("g[role=img]"))
      expect(box.getAttribute("aria-label")?.endsWith(`, ${box.querySelector("title")?.textContent}`)).toBe(
        true,
      );
    for (const { label } of lstm.nodes)
      expect([...svg.querySelectorAll("text")].some(({ textContent }) => textContent === label)).toBe(true);
  });
});

describe("the figure", () => {
  const figure = graphFigure({ title: "LSTM", graph: lstm, frames: stepFrames(lstm, lstmRuns) });
  type Bars = { hovertext: string[] };
  const hoverOf = (name: string) => {
    const [bars] = figure.frames?.find((f) => f.name === name)?.data ?? [];
    return Object.fromEntries(lstm.nodes.map(({ id }, k) => [id, (bars as unknown as Bars).hovertext[k]]));
  };
  it("tells at each time step a box's role, equation, shape and value", () => {
    lstmRuns.forEach(({ f }, t) => {
      const value = Array.from(f.data, (v) => v.toFixed(4).replace("-", "−")).join(", ");
      expect(hoverOf(String(t + 1)).f).toBe(
        `<b>forget gate</b><br>fₜ = σ(W_f·[hₜ₋₁, xₜ] + b_f)<br>shape [1, 2]<br>value [${value}]`,
      );
    });
  });
  it("leaves boxes empty that are not yet computed", () => {
    expect(hoverOf("1.0").f).toContain("not yet computed");
    expect(hoverOf("1.0").x).toContain("value [");
  });
  it("says below the boxes which step is at work, inside the axes, where plotly draws it", () => {
    type Labels = { y: number[]; text: string[] };
    const captionOf = (name: string) =>
      figure.frames?.find((f) => f.name === name)?.data.at(-1) as unknown as Labels;
    expect(captionOf("1.0").text).toEqual(["Computing time step 1"]);
    expect(captionOf("2.3").text).toEqual(["Computing time step 2"]);
    expect(captionOf("2").text).toEqual([""]);
    const [bottom, top] = (figure.layout.yaxis as { range: number[] }).range;
    expect(captionOf("1.0").y[0]).toBeGreaterThan(layoutGraph(lstm, lstmRuns[0]).height);
    expect(captionOf("1.0").y[0] > top && captionOf("1.0").y[0] < bottom).toBe(true);
  });
  it("has a slider position for each time step, and plays all frames", () => {
    const [slider] = figure.layout.sliders as { active: number; steps: { label: string }[] }[];
    expect(slider.steps.map(({ label }) => label)).toEqual(["1", "2", "3"]);
    expect(slider.active).toBe(2);
    expect(figure.frames?.length).toBe(3 * (1 + Math.max(...Object.values(lstm.layers()))));
  });
  it("says in words what the shown step results in", () => {
    const c = Array.from(lstmRuns[2].c.data, (v) => v.toFixed(4).replace("-", "−")).join(", ");
    expect(figure.alt).toContain(`Shown is time step 3: Cₜ is [${c}]`);
  });
  it("shows text from data as it is", () => {
    const hostile = unrolledGraph({ cell: rnn, head: Dense.init({ ...size }), name: "<img src=x>" }, 1);
    const values = hostile.run({ h0: h, x1: xs[0] });
    const json = JSON.stringify(
      graphFigure({ title: "t", graph: hostile, frames: columnFrames(hostile, values, ["1"]) }),
    );
    expect(json).not.toContain("<img");
    expect(graphSvg(hostile, values)).not.toContain("<img");
  });
  it("needs a frame", () => {
    expect(() => graphFigure({ title: "t", graph: lstm, frames: [] })).toThrow("graphFigure: frames:");
  });
});

it("numbers have a real minus sign, and none before a zero", () => {
  expect([-0.5, -0.004, -0.005001, 0, -0].map((v) => decimal(v, 2))).toEqual([
    "−0.50",
    "0.00",
    "−0.01",
    "0.00",
    "0.00",
  ]);
});

it("colours go from blue through white to vermilion, and dark text on them keeps a contrast of 4.5 to 1", () => {
  expect([-1, 0, 1, 7].map(valueColour)).toEqual([
    "rgb(77,156,201)",
    "rgb(255,255,255)",
    "rgb(226,142,77)",
    "rgb(226,142,77)",
  ]);
  const luminance = (channels: number[]) => {
    const [r, g, b] = channels.map((c) =>
      c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const text = luminance([1, 3, 5].map((at) => Number.parseInt(ink.slice(at, at + 2), 16)));
  for (let v = -1; v <= 1; v += 0.05) {
    const fill = luminance((valueColour(v).match(/\d+/g) as string[]).map(Number));
    expect((fill + 0.05) / (text + 0.05), `at ${v.toFixed(2)}`).toBeGreaterThanOrEqual(4.5);
  }
});
