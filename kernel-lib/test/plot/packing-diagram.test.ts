import { describe, expect, it } from "vitest";
import type { Trace } from "../../src/plot/figure";
import { type PackedCell, packingDiagram } from "../../src/plot/packing-diagram";

const cell = (group: number, mark: string): PackedCell => ({ group, mark, hover: `weight ${mark}` });
const options = {
  title: "Two packings",
  alt: "Two matrices beside two.",
  groups: ["i", "<f>"],
  columns: [
    {
      title: "apart",
      matrices: [
        { name: "W_i", cells: [[cell(0, "1"), cell(0, "2")]] },
        { name: "W_f", cells: [[cell(1, "3"), cell(1, "4")]] },
      ],
    },
    {
      title: "packed",
      matrices: [{ name: "W", cells: [[cell(1, "3"), cell(1, "4"), cell(0, "1"), cell(0, "2")]] }],
    },
  ],
};

describe("packingDiagram", () => {
  const [first, second, marks, names] = packingDiagram(options).data as (Trace & {
    x: number[];
    y: number[];
    text: string[];
    hovertext: string[];
  })[];
  it("has one colour and one legend entry a group, with text from data shown literally", () => {
    expect([first.name, second.name]).toEqual(["i", "&lt;f&gt;"]);
    expect([first.showlegend, second.showlegend]).toEqual([true, true]);
    expect(first.fillcolor).not.toBe(second.fillcolor);
    expect(first.x.length).toBe(4 * 6); // four squares of five corners and a gap
  });
  it("writes every cell's mark in its place: rows downward, columns to the right, the packings side by side", () => {
    expect(marks.text).toEqual(["1", "2", "3", "4", "3", "4", "1", "2"]);
    expect(marks.hovertext[0]).toBe("weight 1");
    const at = marks.text.map((_, p) => ({ x: marks.x[p], y: marks.y[p] }));
    expect(at[1]).toEqual({ x: at[0].x + 1, y: at[0].y });
    expect(at[2].x).toBe(at[0].x);
    expect(at[2].y).toBeLessThan(at[0].y - 1); // the second matrix lies below the first, with room for its name
    expect(at[4].x).toBeGreaterThan(at[3].x + 1);
    expect(at[4].y).toBe(at[0].y);
  });
  it("names packings and matrices", () => {
    expect(names.text).toEqual(["<b>apart</b>", "W_i", "W_f", "<b>packed</b>", "W"]);
  });
  it("refuses a group that has no name", () => {
    const columns = [{ title: "", matrices: [{ name: "W", cells: [[cell(2, "1")]] }] }];
    expect(() => packingDiagram({ ...options, columns })).toThrow(
      new RangeError("packingDiagram: W[0][0].group: expected 0 to 1, got 2"),
    );
  });
});
