import { describe, expect, it } from "vitest";
import type { Trace } from "../../src/plot/figure";
import { twoSliders } from "../../src/plot/two-sliders";

const options = {
  title: "Powers",
  alt: "A curve for each base and factor.",
  first: { label: "base", positions: ["1", "2", "3"], start: 1 },
  second: { label: "factor", positions: ["1", "10"] },
  picture: (i: number, j: number): Trace[] => [
    { type: "scatter", name: "curve", x: [0, 1], y: [10 ** j, (i + 1) * 10 ** j] },
    { type: "scatter", name: "start", x: [0], y: [10 ** j] },
  ],
};
type Steps = { steps: { method: string; args: [{ visible: boolean[] }, number[]] }[] }[];

describe("twoSliders", () => {
  const figure = twoSliders({ ...options, background: [{ type: "scatter", name: "axis", y: [0, 0] }] });
  const sliders = figure.layout.sliders as Steps;

  it("starts with the traces of the start positions visible, and all others hidden", () => {
    expect(figure.data.map(({ visible, y }) => [visible, y])).toEqual([
      [undefined, [0, 0]],
      [true, [1, 2]],
      [true, [1]],
      [false, [10, 20]],
      [false, [10]],
    ]);
  });
  it("has a frame a position of the first slider, which leaves visibility and the background alone", () => {
    expect(sliders[0].steps.map(({ args }) => args[0])).toEqual([["1"], ["2"], ["3"]]);
    expect(figure.frames).toEqual(
      [1, 2, 3].map((base) => ({
        name: String(base),
        traces: [1, 2, 3, 4],
        data: [{ y: [1, base] }, {}, { y: [10, 10 * base] }, {}],
      })),
    );
  });
  it("shows with the second slider the traces of one position, whatever the frame", () => {
    expect(sliders[1].steps.map(({ method, args }) => [method, ...args])).toEqual([
      ["restyle", { visible: [true, true, false, false] }, [1, 2, 3, 4]],
      ["restyle", { visible: [false, false, true, true] }, [1, 2, 3, 4]],
    ]);
  });
  it("refuses positions of one name, a start that is none of them, and pictures of unequal length", () => {
    const twice = { label: "base", positions: ["1", "1"] };
    expect(() => twoSliders({ ...options, first: twice })).toThrow(
      new RangeError('twoSliders: first.positions: expected names that differ, got ["1","1"]'),
    );
    expect(() => twoSliders({ ...options, second: { ...options.second, start: 2 } })).toThrow(
      new RangeError("twoSliders: second.start: expected 0 to 1, got 2"),
    );
    expect(() =>
      twoSliders({ ...options, picture: (i) => Array.from({ length: i + 1 }, () => ({})) }),
    ).toThrow(new RangeError("twoSliders: picture(1, 0): expected 1 traces, got 2"));
  });
});
