import { expect, it } from "vitest";
import { Matrix } from "../../src/math/matrix";
import { heatmapPanels } from "../../src/plot/heatmap-panels";

const options = { title: "Shares", yTitle: "unit" };
const panels = [
  {
    title: "step 1",
    z: Matrix.from([
      [0, 1],
      [2, 3],
    ]),
  },
  { title: "step 2", z: [[-4, 0]], xLabels: ["a", "b"] },
];

it("draws all panels on one colour scale, symmetric where there are both signs", () => {
  const { data, layout } = heatmapPanels({ ...options, panels });
  expect(data.map(({ z }) => z)).toEqual([
    [
      [0, 1],
      [2, 3],
    ],
    [[-4, 0]],
  ]);
  for (const trace of data) expect(trace).toMatchObject({ type: "heatmap", coloraxis: "coloraxis" });
  for (const key of ["zmin", "zmax", "colorscale", "colorbar"]) expect(data[0]).not.toHaveProperty(key);
  expect(layout.coloraxis).toMatchObject({ cmin: -4, cmax: 4 });
});

it("starts the scale of amounts at zero", () => {
  const { layout } = heatmapPanels({ ...options, panels: panels.slice(0, 1) });
  expect(layout.coloraxis).toMatchObject({ cmin: 0, cmax: 3 });
});

it("names the rows at the first panel of each row only, and says all panels in words", () => {
  const figure = heatmapPanels({ ...options, columns: 2, panels: [...panels, ...panels] });
  const title = (axis: string) => (figure.layout[axis] as { title: { text: string } }).title.text;
  expect(["yaxis", "yaxis2", "yaxis3", "yaxis4"].map(title)).toEqual(["unit", "", "unit", ""]);
  expect(figure.alt).toContain("step 1");
  expect(figure.alt).toContain("step 2");
});
