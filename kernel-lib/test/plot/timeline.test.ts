import { describe, expect, it } from "vitest";
import type { Trace } from "../../src/plot/figure";
import { timeline } from "../../src/plot/timeline";

const entries = [
  { year: 1982, name: "Hopfield", text: "An <energy> falls.", source: "PNAS 79" },
  {
    year: 1990,
    name: "Elman",
    text: "The hidden layer comes back.",
    source: "Cognitive Science 14",
    from: ["Hopfield"],
  },
  { year: 1990, name: "BPTT", text: "One gradient.", source: "Proc. IEEE 78" },
];

describe("timeline", () => {
  const figure = timeline({ title: "History", entries });
  it("has an event in every row, and a frame for each, in order", () => {
    const [points, names] = figure.data as Trace[];
    expect(points.x).toEqual([1982, 1990, 1990]);
    expect(points.y).toEqual([0, 1, 2]);
    expect(names.text).toEqual(["1982 Hopfield", "1990 Elman", "1990 BPTT"]);
    expect(figure.frames?.map(({ name }) => name)).toEqual(["1982 Hopfield", "1990 Elman", "1990 BPTT"]);
  });
  it("draws an arrow from each event that the chosen one goes back to", () => {
    const arrowsOf = (k: number) => figure.frames?.[k].data[0] as { x: number[]; y: number[] };
    expect(arrowsOf(0).x).toEqual([]);
    expect(arrowsOf(1).x).toEqual([1982, 1990, null]);
    expect(arrowsOf(1).y).toEqual([0, 1, null]);
  });
  it("shows text from data literally, and says all of it in words", () => {
    expect(JSON.stringify(figure.frames?.[0].data)).toContain("An &lt;energy&gt; falls.");
    for (const { text } of entries) expect(figure.alt).toContain(text);
  });
  it("names an event out of order, and one that goes back to none before it", () => {
    expect(() => timeline({ title: "", entries: [entries[1], entries[0]] })).toThrow(
      "timeline: entries: expected the earliest first, got Hopfield (1982) at 1",
    );
    expect(() => timeline({ title: "", entries: [{ ...entries[0], from: ["Elman"] }, entries[2]] })).toThrow(
      'timeline: entries[0].from: expected names of earlier entries, got "Elman"',
    );
    expect(() => timeline({ title: "", entries: [] })).toThrow(
      "timeline: entries: expected at least one entry, got none",
    );
  });
});
