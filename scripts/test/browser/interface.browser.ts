import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Lab, startBrowser } from "./lab";
import { writeNotebook } from "./sample";
import { type Server, screenshots, served, startServer } from "./server";

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

test("what a running cell and a timer show after the page was loaded anew stands below their cells", async () => {
  const lab = await openWith("reload.ipynb", [
    'let ticks = 0;\nconst timer = setInterval(() => console.log("tick", ++ticks), 200);',
    `for (let step = 1; ; step++) {
  console.log("step", step);
  await new Promise((later) => setTimeout(later, 100));
}`,
    'console.log("once")',
  ]);
  const lines = async (index: number) =>
    ((await lab.codeCells())[index]?.outputs[0]?.text ?? "").trim().split("\n");
  await lab.runCell(0);
  await lab.startCell(1);
  await expect.poll(() => lines(1), { timeout: 30_000 }).toContain("step 3");
  await lab.page.keyboard.press("Control+s");
  await lab.page.reload();
  await lab.busy();
  const saved = (await lines(1)).length;
  await expect.poll(async () => (await lines(1)).length, { timeout: 30_000 }).toBeGreaterThan(saved + 2);
  await expect.poll(async () => (await lines(0)).length, { timeout: 30_000 }).toBeGreaterThan(2);
  for (const [index, word] of ["tick", "step"].entries())
    expect((await lines(index)).filter((line) => !line.startsWith(`${word} `))).toEqual([]);
  await lab.page.locator('.jp-Toolbar [data-command="notebook:interrupt-kernel"]').click();
  await lab.idle();
  await expect
    .poll(async () => (await lab.codeCells())[1]?.outputs.at(-1)?.type, { timeout: 10_000 })
    .toBe("error");

  // What this page runs itself is shown once.
  await lab.runCell(2);
  await expect.poll(() => lines(2), { timeout: 10_000 }).toEqual(["once"]);
  await lab.page.screenshot({ path: join(screenshots, "reload.png") });
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

/** A picture of 20 × 10 pixels that says `window.ran` if its scripts run. */
const scripted =
  '<svg width="20" height="10" onload="window.ran = 1"><title>A line</title><script>window.ran = 2</script></svg>';

/** What a reader has of the first cell's picture, and whether a script of it ran. */
async function pictureIn(lab: Lab) {
  const image = (await lab.cell(0)).getByRole("img", { name: "A line" });
  await image.waitFor();
  return image.evaluate(async (element: HTMLImageElement) => {
    await element.decode();
    return { width: element.naturalWidth, ran: "ran" in window };
  });
}

test("a string of SVG is a picture whose scripts do not run, also in a notebook that is not trusted", async () => {
  const name = "picture.ipynb";
  const lab = await openWith(name, [`const picture = ${JSON.stringify(scripted)};\npicture`]);
  await lab.runCell(0);
  expect(await pictureIn(lab)).toEqual({ width: 20, ran: false });
  const [cell] = await lab.codeCells();
  expect(cell?.outputs[0]?.mimeTypes.sort()).toEqual(["text/html", "text/plain"]);
  const data = await lab.page.evaluate(
    () => window.jupyterapp!.shell.currentWidget!.content.widgets[0]!.model.outputs.toJSON()[0]!.data,
  );
  await lab.close();

  const file = join(served, "not-trusted.ipynb");
  writeNotebook("not-trusted.ipynb", ["picture"]);
  const notebook = JSON.parse(readFileSync(file, "utf8"));
  notebook.cells[0].outputs = [{ output_type: "execute_result", execution_count: 1, metadata: {}, data }];
  writeFileSync(file, JSON.stringify(notebook));
  const other = await Lab.open(browser, server.address("not-trusted.ipynb"));
  expect(await pictureIn(other)).toEqual({ width: 20, ran: false });
  await other.close();
});
