import { describe, expect, it } from "vitest";
import { ComputationGraph, type GraphNode } from "../../src/graph/computation-graph";
import { columnFrames, stepFrames } from "../../src/graph/frames";
import { describeGraph, graphRows } from "../../src/graph/graph-text";
import { Matrix } from "../../src/math/matrix";

const node = (id: string, inputs: string[], compute?: GraphNode["compute"]): GraphNode => ({
  id,
  label: id.toUpperCase(),
  meaning: `the ${id}`,
  equation: `${id} = …`,
  kind: compute ? "elementwise" : "input",
  inputs,
  compute,
  lane: 0,
});
// (a − b) · a: the order of the inputs counts, and a is used twice
const graph = new ComputationGraph("Small", [
  node("a", []),
  node("b", []),
  node("d", ["a", "b"], (a, b) => a.sub(b)),
  node("p", ["d", "a"], (d, a) => d.mul(a)),
]);
const given = { a: Matrix.from([[3, -1]]), b: Matrix.from([[1, 1]]) };

describe("ComputationGraph", () => {
  it("computes every node from its inputs, in their order", () => {
    const { d, p } = graph.run(given);
    expect([d, p].map((m) => m.toArray())).toEqual([[[2, -2]], [[6, 2]]]);
  });
  it("takes a given value in place of a computed one", () => {
    expect(graph.run({ ...given, d: Matrix.from([[0, 1]]) }).p.toArray()).toEqual([[0, -1]]);
  });
  it("says which value is missing", () => {
    expect(() => graph.run({ a: given.a })).toThrow(
      'ComputationGraph.run: given: expected a value for "b", got none',
    );
  });
  it("knows what has to be computed before a node", () => {
    expect(graph.layers()).toEqual({ a: 0, b: 0, d: 1, p: 2 });
  });
  it("lists every way between two nodes", () => {
    expect(graph.paths("a", "p").map(String)).toEqual(["a,d,p", "a,p"]);
    expect(graph.paths("p", "a")).toEqual([]);
    expect(() => graph.paths("q", "p")).toThrow('expected one of a, b, d, p, got "q"');
  });
  it("refuses an id that is taken, and an input that does not stand before", () => {
    expect(() => new ComputationGraph("", [node("a", []), node("a", [])])).toThrow('got "a" twice');
    expect(() => new ComputationGraph("", [node("a", ["b"]), node("b", [])])).toThrow(
      'node "a": inputs: expected nodes that stand before it, got "b"',
    );
  });
});

describe("frames", () => {
  const values = graph.run(given);
  it("of a step fill layer by layer; the complete one alone stands at the slider", () => {
    const frames = stepFrames(graph, [values, values]);
    expect(frames.map(({ name, between }) => [name, between])).toEqual([
      ["1.0", true],
      ["1.1", true],
      ["1", false],
      ["2.0", true],
      ["2.1", true],
      ["2", false],
    ]);
    expect(frames.slice(0, 3).map(({ known }) => [...(known as Set<string>)].join())).toEqual([
      "a,b",
      "a,b,d",
      "a,b,d,p",
    ]);
  });
  it("of an unrolled graph fill column by column", () => {
    const known = columnFrames(graph, values, ["first", "second"]).map((frame) => frame.known?.size);
    expect(known).toEqual([2, 3]);
  });
});

describe("the graph in words", () => {
  it("has a row a node, with what it reads, its shape and its value", () => {
    const rows = graphRows(graph, graph.run(given));
    expect(rows.map(({ node: name }) => name)).toEqual(["A", "B", "D", "P"]);
    expect(rows[2]).toEqual({
      node: "D",
      role: "the d",
      equation: "d = …",
      reads: "A and B",
      shape: "[1, 2]",
      value: "[2.0000, −2.0000]",
    });
  });
  it("has a sentence", () => {
    expect(describeGraph(graph)).toBe("Small: 2 operations on A, B.");
  });
});
