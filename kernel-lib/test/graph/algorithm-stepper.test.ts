import { describe, expect, it } from "vitest";
import { algorithmStepper } from "../../src/graph/algorithm-stepper";

const options = {
  title: "Loop",
  boxes: [
    { heading: "1. read <x>", lines: ["x < 1"] },
    { heading: "2. add", lines: [] },
  ],
  backTo: 0,
  stops: [
    {
      name: "1",
      box: 0,
      says: "It reads.",
      values: [{ name: "x", rows: [[1, -0.25]], columnNames: ["a", "b"] }],
    },
    { name: "2", box: 1, says: "It adds.", values: [{ name: "W", rows: [[0.5], [2]] }] },
  ],
};
type Drawn = { x: number[]; y: number[]; text: string[]; marker: { color: string[] } };

describe("algorithmStepper", () => {
  const figure = algorithmStepper(options);
  const frame = (k: number) => figure.frames?.[k].data as unknown as Drawn[];

  it("has a stop of the slider for each stop, in order", () => {
    expect(figure.frames?.map(({ name }) => name)).toEqual(["1", "2"]);
  });

  it("marks the box that works", () => {
    const [first, second] = [frame(0)[0], frame(1)[0]].map(({ y }) => y[0]);
    expect(second).toBeGreaterThan(first);
  });

  it("shows the values of the stop, each in its cell, coloured by sign, and nothing else", () => {
    const [cells, numbers] = frame(0).slice(-2);
    expect(numbers.text).toEqual(["1", "−0.250"]);
    expect(cells.x).toEqual(numbers.x);
    const [red, , blue] = cells.marker.color.map((color) => color.match(/\d+/g)?.map(Number) as number[])[0];
    expect(red).toBeGreaterThan(blue);
    expect(frame(1).at(-1)?.text).toEqual(["0.500", "2"]);
  });

  it("puts a matrix's rows one below the other, and columns under their names", () => {
    expect(frame(1).at(-1)?.x[0]).toBe(frame(1).at(-1)?.x[1]);
    const names = frame(0).at(-3) as Drawn;
    expect(names.text).toEqual(["a", "b", "x"]);
    expect(names.x.slice(0, 2)).toEqual(frame(0).at(-1)?.x);
  });

  it("shows text literally, and says the run in words", () => {
    expect(frame(0)[1].text).toEqual(["<b>1. read &lt;x&gt;</b>", "x &lt; 1", "<b>2. add</b>"]);
    expect(figure.alt).toBe(
      "Flowchart of 2 boxes, one below the other: 1. read <x>; 2. add. The run: 1: It reads. 2: It adds.",
    );
  });

  it("names a stop without a box, and values that do not fit", () => {
    const stop = { name: "3", box: 2, says: "", values: [] };
    expect(() => algorithmStepper({ ...options, stops: [stop] })).toThrow(
      'algorithmStepper: stop "3": box: expected 0 to 1, got 2',
    );
    const wide = { ...stop, box: 0, values: [{ name: "W", rows: [[1, 2, 3, 4, 5]] }] };
    expect(() => algorithmStepper({ ...options, stops: [wide] })).toThrow(
      'algorithmStepper: stop "3": W: expected at most 4 columns, got 5',
    );
  });
});
