import { JSDOM } from "jsdom";
import { expect, it } from "vitest";
import { GRUCell } from "../../src/cells/gru";
import { encoderDecoderGraph } from "../../src/graph/encoder-decoder-graph";
import { graphSvg } from "../../src/graph/graph-svg";
import { rng } from "../../src/math/random";
import { Seq2Seq } from "../../src/models/seq2seq";
import { fixedContext } from "../../src/models/seq2seq/fixed-context";
import { oneHot } from "../../src/text/one-hot";

const random = rng(5);
const sourceWords = ["a", "b", "c"];
const targetWords = ["<start>", "<end>", "x", "y", "z"];
const model = Seq2Seq.init({
  sourceSize: 3,
  targetSize: 5,
  start: 0,
  stop: 1,
  cell: (inputSize) => GRUCell.init({ inputSize, units: 6, random }),
  decoder: fixedContext,
  random,
});
// a head without likely words of its own: what the context says decides
model.head.params.bias.data.fill(0);
const graph = encoderDecoderGraph(model, {
  sourceWords,
  targetWords,
  sourceLength: 3,
  targetLength: 4,
  name: "GRU",
});
const given = (source: number[]) => ({
  ...Object.fromEntries(source.map((token, k) => [`x${k + 1}`, oneHot([token], 3)])),
  w1: oneHot([0], 5),
});
const written = (source: number[]) => {
  const values = graph.run(given(source));
  return [1, 2, 3, 4].map((k) => graph.node(`p${k}`).says?.(values[`p${k}`]));
};

it("writes what the model predicts", () => {
  const sources = [0, 1, 2].flatMap((i) => [0, 1, 2].flatMap((j) => [0, 1, 2].map((k) => [i, j, k])));
  for (const source of sources) {
    const predicted = model.predict(source, 4).map((token) => targetWords[token]);
    expect(written(source).slice(0, predicted.length)).toEqual(predicted);
  }
  expect(new Set(sources.map((source) => String(written(source)))).size).toBeGreaterThan(1);
});
it("reads at each step what it wrote at the step before", () => {
  const values = graph.run(given([2, 0, 1]));
  for (const k of [2, 3, 4])
    expect(graph.node(`w${k}`).says?.(values[`w${k}`])).toBe(
      graph.node(`p${k - 1}`).says?.(values[`p${k - 1}`]),
    );
});
it("reaches the output from the source through the context alone", () => {
  const ways = [1, 2, 3].flatMap((i) => [1, 2, 3, 4].flatMap((k) => graph.paths(`x${i}`, `p${k}`)));
  expect(ways.length).toBeGreaterThan(0);
  expect(ways.every((way) => way.includes("context"))).toBe(true);
});

it("is drawn with every line of text inside its box", () => {
  const picture = new JSDOM(graphSvg(graph, graph.run(given([0, 1, 2]))), { contentType: "image/svg+xml" });
  const boxes = [...picture.window.document.querySelectorAll("g[role=img]")];
  expect(boxes).toHaveLength(graph.nodes.length);
  const number = (element: Element | null, name: string) => Number(element?.getAttribute(name));
  for (const box of boxes) {
    const rect = box.querySelector("rect");
    const bottom = number(rect, "y") + number(rect, "height");
    for (const text of box.querySelectorAll("text"))
      expect(number(text, "y"), box.getAttribute("aria-label") ?? "").toBeLessThan(bottom - 2);
  }
});
