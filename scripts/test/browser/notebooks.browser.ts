import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../setup/paths.mjs";
import { countMarks, type Photograph, photograph } from "./figure";
import { Lab, startBrowser } from "./lab";
import { type Server, screenshots, startServer } from "./server";

const figureType = "application/vnd.plotly.v1+json";
const notebooks = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));

let server: Server;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Asserts that every figure of a notebook is drawn, and keeps its picture. Returns how many there are. */
async function expectFiguresDrawn(lab: Lab, name: string): Promise<number> {
  let drawn = 0;
  for (const { index, outputs } of await lab.codeCells()) {
    const expected = outputs.filter(({ mimeTypes }) => mimeTypes.includes(figureType)).length;
    if (expected === 0) continue;
    const figures = (await lab.cell(index)).locator(".jp-RenderedPlotly");
    await figures.nth(expected - 1).waitFor({ state: "attached" });
    for (let i = 0; i < expected; i++) {
      await expectDrawn(figures.nth(i), `${name}-cell${index}-${i}`);
      drawn++;
    }
  }
  return drawn;
}

async function expectDrawn(figure: Locator, name: string) {
  await figure.scrollIntoViewIfNeeded();
  expect(await countMarks(figure), `${name}: marks of the data`).toBeGreaterThan(0);
  expectVisible(await photograph(figure, join(screenshots, `${name}.png`)), name);
}

function expectVisible({ width, height, inked, colours }: Photograph, name: string) {
  expect(width * height, `${name}: size`).toBeGreaterThan(100 * 100);
  expect(inked, `${name}: share of pixels that are not background`).toBeGreaterThan(0.005);
  expect(colours, `${name}: colours`).toBeGreaterThan(8);
}

/** How many figures a saved notebook has. */
function savedFigures(notebook: string): number {
  const { cells } = JSON.parse(readFileSync(join(root, "notebooks", notebook), "utf8"));
  const outputs: { data?: object }[] = cells.flatMap((cell: { outputs?: object[] }) => cell.outputs ?? []);
  return outputs.filter(({ data }) => data && figureType in data).length;
}

describe.each(notebooks)("%s", (notebook) => {
  const name = basename(notebook, ".ipynb");

  test("shows its committed outputs and figures before anything runs", async () => {
    const lab = await Lab.open(browser, server.address(notebook));
    const cells = await lab.codeCells();
    expect(cells.some(({ outputs }) => outputs.length > 0)).toBe(true);
    expect(await expectFiguresDrawn(lab, `${name}-committed`)).toBe(savedFigures(notebook));
    expect(await lab.isChanged(), "to look at a notebook does not change it").toBe(false);
    await lab.close();
  });

  test("runs from the menu in the TypeScript kernel, without an error, and draws every figure", async () => {
    const lab = await Lab.open(browser, server.address(notebook));
    expect(await lab.kernelName()).toContain("TypeScript");
    await lab.runAll(500_000);
    const cells = await lab.codeCells();
    const errors = cells.flatMap(({ index, outputs }) =>
      outputs.filter(({ type }) => type === "error").map(({ text }) => `cell ${index}: ${text}`),
    );
    expect(errors).toEqual([]);
    expect(cells.filter(({ count }) => count === null)).toEqual([]);
    expect(await expectFiguresDrawn(lab, `${name}-run`)).toBe(savedFigures(notebook));
    await lab.close();
  });
});
