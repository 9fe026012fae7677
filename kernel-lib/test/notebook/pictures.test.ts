import { expect, test } from "vitest";
import { addStaticPictures } from "../../src/notebook/pictures";
import { code, display, markdown, notebook } from "./make";

const PLOTLY = "application/vnd.plotly.v1+json";
const figure = display({ [PLOTLY]: { data: [] }, "text/plain": "A figure" });
const draw = { figure: async () => Uint8Array.of(1, 2, 3), svg: async () => Uint8Array.of(4, 5, 6) };

test("each figure gets a PNG with its text as alternative text; other outputs stay as they are", async () => {
  const table = display({ "text/html": "<table></table>" });
  const { cells } = await addStaticPictures(
    notebook([markdown("a"), code("1", { outputs: [figure, table, figure] })]),
    async () => draw,
  );
  const drawn = {
    ...figure,
    data: { [PLOTLY]: { data: [] }, "text/plain": "A figure", "image/png": "AQID" },
    metadata: { "image/png": { alt: "A figure" } },
  };
  expect(cells[1]).toMatchObject({ outputs: [drawn, table, drawn] });
});

test("so does each SVG, which JupyterLab does not show in a notebook that it does not trust", async () => {
  const source = '<svg xmlns="http://www.w3.org/2000/svg"/>';
  const picture = display({ "image/svg+xml": source, "text/plain": "A diagram" });
  const asked: string[] = [];
  const svg = async (text: string) => {
    asked.push(text);
    return draw.svg();
  };
  const { cells } = await addStaticPictures(notebook([code("1", { outputs: [picture] })]), async () => ({
    ...draw,
    svg,
  }));
  const drawn = {
    ...picture,
    data: { "image/svg+xml": source, "text/plain": "A diagram", "image/png": "BAUG" },
    metadata: { "image/png": { alt: "A diagram" } },
  };
  expect(cells[0]).toMatchObject({ outputs: [drawn] });
  expect(asked).toEqual([source]);
});

test("without a figure nothing is loaded", async () => {
  const unused = () => Promise.reject(new Error("loaded"));
  await expect(
    addStaticPictures(notebook([code("1", { outputs: [display({ "text/plain": "a" })] })]), unused),
  ).resolves.toBeDefined();
});

test("a figure that can't be drawn is named", async () => {
  const failing = async () => ({ ...draw, figure: () => Promise.reject(new Error("no such trace type")) });
  await expect(
    addStaticPictures(notebook([markdown("a"), code("1", { outputs: [figure] })]), failing),
  ).rejects.toThrow("cell 2: output 1: static picture: no such trace type");
});
