import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Lab, startBrowser } from "./lab";
import { writeNotebook } from "./sample";
import { type Server, screenshots, startServer } from "./server";

let server: Server;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Opens a new notebook with the given cells. */
async function openWith(name: string, sources: string[]): Promise<Lab> {
  writeNotebook(name, sources);
  return Lab.open(browser, server.address(name));
}

test("Tab completes a member by its type, and the list shows it", async () => {
  const lab = await openWith("completion.ipynb", ["const values = [3, 1, 2];", "values.toSo"]);
  await lab.runCell(0);
  await lab.edit(1);
  await lab.page.keyboard.press("Tab");
  const list = lab.page.locator(".jp-Completer");
  await list.waitFor();
  await lab.page.screenshot({ path: join(screenshots, "completion.png") });
  expect(await list.innerText()).toContain("toSorted");
  await lab.page.keyboard.press("Enter");
  await expect.poll(() => lab.source(1), { timeout: 10_000 }).toMatch(/^values\.toSo\w+$/);
  await lab.close();
});

test("Shift+Tab shows a function's type and its documentation", async () => {
  const lab = await openWith("inspection.ipynb", ["Math.hypot"]);
  await lab.edit(0);
  await lab.page.keyboard.press("Shift+Tab");
  const tooltip = lab.page.locator(".jp-Tooltip");
  await tooltip.waitFor();
  await lab.page.screenshot({ path: join(screenshots, "inspection.png") });
  expect(await tooltip.innerText()).toMatch(/hypot\(.*number.*square root/s);
  await lab.close();
});

test("the stop button ends an endless loop, and the next cell works", async () => {
  const lab = await openWith("interrupt.ipynb", ["while (true) {}", "1 + 1"]);
  await lab.startCell(0);
  await lab.busy();
  await lab.page.locator('.jp-Toolbar [data-command="notebook:interrupt-kernel"]').click();
  await lab.idle();
  await lab.runCell(1);
  const [loop, sum] = await lab.codeCells();
  expect(loop?.outputs.map(({ type }) => type)).toEqual(["error"]);
  expect(sum?.outputs.map(({ text }) => text)).toEqual(["2"]);
  await lab.close();
});

test("a question of a cell is answered in JupyterLab's own box", async () => {
  const lab = await openWith("question.ipynb", [
    'const answer = await prompt("Your name? ");\nanswer.toUpperCase()',
  ]);
  await lab.startCell(0);
  const box = lab.page.locator(".jp-Stdin-input");
  await box.waitFor();
  await box.fill("ada");
  await lab.page.screenshot({ path: join(screenshots, "question.png") });
  await box.press("Enter");
  await lab.idle();
  expect((await lab.codeCells()).at(0)?.outputs.at(-1)?.text).toContain("ADA");
  await lab.close();
});

test("a type error is shown under its cell, with its place", async () => {
  const lab = await openWith("type-error.ipynb", ['const n: number = "one";', "1 + 1"]);
  await lab.runCell(0);
  await lab.runCell(1);
  const [wrong, sum] = await lab.codeCells();
  expect(wrong?.outputs.map(({ type }) => type)).toEqual(["error"]);
  expect(await (await lab.cell(0)).locator(".jp-OutputArea").innerText()).toContain(
    'const n: number = "one"',
  );
  expect(sum?.outputs.map(({ text }) => text)).toEqual(["2"]);
  await lab.page.screenshot({ path: join(screenshots, "type-error.png") });
  await lab.close();
});

test("a figure that is updated while a cell runs shows its last state", async () => {
  const figure = (points: number) =>
    `{ "application/vnd.plotly.v1+json": { data: [{ y: Array.from({ length: ${points} }, (_, i) => i * i), mode: "markers" }], layout: {} } }`;
  const lab = await openWith("updates.ipynb", [
    `const host = (globalThis as any)[Symbol.for("jupyter.kernel")];
host.display(${figure(1)}, { displayId: "live" });
await new Promise((resolve) => setTimeout(resolve, 2000));
host.display(${figure(5)}, { displayId: "live", update: true });
await new Promise((resolve) => setTimeout(resolve, 500));
host.display(${figure(9)}, { displayId: "live", update: true });`,
  ]);
  await lab.runCell(0);
  const points = (await lab.cell(0)).locator(".js-plotly-plot .points path");
  await expect.poll(() => points.count(), { timeout: 20_000 }).toBe(9);
  await lab.page.screenshot({ path: join(screenshots, "updates.png") });
  await lab.close();
});

test("nothing is fetched from another machine", async () => {
  const page = await browser.newPage();
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") elsewhere.push(request.url());
  });
  writeNotebook("quiet.ipynb", ["1 + 1"]);
  await page.goto(server.address("quiet.ipynb"));
  await page.locator(".jp-NotebookPanel .jp-Notebook").waitFor();
  await page.waitForLoadState("networkidle");
  expect(elsewhere).toEqual([]);
  await page.close();
});
