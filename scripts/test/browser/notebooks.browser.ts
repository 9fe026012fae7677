import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../setup/paths.mjs";
import { look } from "./figure";
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

/** Asserts that every figure of a notebook is drawn, and keeps its picture. */
async function expectFiguresDrawn(lab: Lab, name: string) {
  let drawn = 0;
  for (const { index, outputs } of await lab.codeCells()) {
    const expected = outputs.filter(({ mimeTypes }) => mimeTypes.includes(figureType)).length;
    if (expected === 0) continue;
    const figures = (await lab.cell(index)).locator(".js-plotly-plot");
    await figures.nth(expected - 1).waitFor({ state: "attached" });
    for (let i = 0; i < expected; i++) {
      const where = `${name}, cell ${index}, figure ${i}`;
      const seen = await look(figures.nth(i), join(screenshots, `${name}-cell${index}-${i}.png`));
      expect(seen.marks, `${where}: marks of data`).toBeGreaterThan(0);
      expect(seen.width * seen.height, `${where}: size`).toBeGreaterThan(100 * 100);
      expect(seen.inked, `${where}: pixels that are not background`).toBeGreaterThan(0.005);
      expect(seen.colours, `${where}: colours`).toBeGreaterThan(8);
      drawn++;
    }
  }
  return drawn;
}

describe.each(notebooks)("%s", (notebook) => {
  const name = basename(notebook, ".ipynb");

  test("shows its committed outputs and figures before anything runs", async () => {
    const lab = await Lab.open(browser, server.address(notebook));
    const cells = await lab.codeCells();
    expect(cells.some(({ outputs }) => outputs.length > 0)).toBe(true);
    await expectFiguresDrawn(lab, `${name}-committed`);
    await lab.close();
  });

  test("runs from the menu in the TypeScript kernel, without an error, and draws every figure", async () => {
    const lab = await Lab.open(browser, server.address(notebook));
    expect(await lab.kernelName()).toContain("TypeScript");
    await lab.runAll(240_000);
    const cells = await lab.codeCells();
    const errors = cells.flatMap(({ index, outputs }) =>
      outputs.filter(({ type }) => type === "error").map(({ text }) => `cell ${index}: ${text}`),
    );
    expect(errors).toEqual([]);
    expect(cells.filter(({ count }) => count === null)).toEqual([]);
    const drawn = await expectFiguresDrawn(lab, `${name}-run`);
    expect(drawn).toBeGreaterThan(0);
    await lab.close();
  });
});
