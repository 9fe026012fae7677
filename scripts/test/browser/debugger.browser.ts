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

const cells = [
  `type Price = number;

function add(a: Price, b: Price): Price {
  const sum = a + b;
  return sum;
}`,
  "let total = add(2, 3);\ntotal * 10",
];

/** Opens a notebook with the debugger switched on and its panel shown. */
async function openDebugger(name: string): Promise<Lab> {
  writeNotebook(name, cells);
  const lab = await Lab.open(browser, server.address(name));
  await lab.runCell(0);
  await lab.page.locator(".jp-NotebookPanel .jp-DebuggerBugButton").click();
  await lab.page.locator('.jp-NotebookPanel .jp-DebuggerBugButton[aria-pressed="true"]').waitFor();
  return lab;
}

/** Clicks into the gutter beside a line of a cell, counted from 1. */
async function clickGutter(lab: Lab, cell: number, line: number): Promise<void> {
  const gutter = (await lab.cell(cell)).locator(".cm-breakpoint-gutter .cm-gutterElement");
  // The first element only keeps the gutter's width.
  await gutter.nth(line).click();
  await lab.page.locator(".jp-DebuggerBreakpoint").first().waitFor();
}

test("a breakpoint in a cell stops a later cell that calls it: line, stack and variables are shown, then it goes on", async () => {
  const lab = await openDebugger("debugger.ipynb");
  await clickGutter(lab, 0, 5);
  await lab.startCell(1);
  const highlight = (await lab.cell(0)).locator(".jp-DebuggerEditor-highlight");
  await highlight.waitFor();
  expect(await highlight.innerText()).toBe("  return sum;");
  const variables = lab.page.locator(".jp-DebuggerVariables-body:not(.lm-mod-hidden)");
  await expect.poll(() => variables.innerText(), { timeout: 20_000 }).toMatch(/sum\s+5/);
  const calls = await lab.page.locator(".jp-DebuggerCallstackFrame").allInnerTexts();
  expect(calls[0]).toContain("add");
  expect(calls).toHaveLength(2);
  await lab.page.screenshot({ path: join(screenshots, "debugger-stopped.png") });
  await lab.page.locator('[data-command="debugger:stepOut"]').click();
  await (await lab.cell(1)).locator(".jp-DebuggerEditor-highlight").waitFor();
  await lab.page.screenshot({ path: join(screenshots, "debugger-stepped.png") });
  await lab.page.locator('[data-command="debugger:continue"]').click();
  await lab.idle();
  expect((await lab.codeCells())[1]?.outputs.map(({ text }) => text)).toEqual(["50"]);
  expect(await lab.page.locator(".jp-DebuggerEditor-highlight").count()).toBe(0);
  await expect.poll(() => variables.innerText(), { timeout: 20_000 }).toMatch(/total\s+5/);
  await lab.page.screenshot({ path: join(screenshots, "debugger-variables.png") });
  await lab.close();
});

test("the stop button ends a paused cell, and without the debugger it runs through", async () => {
  const lab = await openDebugger("debugger-interrupt.ipynb");
  await clickGutter(lab, 0, 4);
  await lab.startCell(1);
  await (await lab.cell(0)).locator(".jp-DebuggerEditor-highlight").waitFor();
  await lab.page.locator('.jp-Toolbar [data-command="notebook:interrupt-kernel"]').click();
  await lab.idle();
  expect((await lab.codeCells())[1]?.outputs.map(({ type }) => type)).toEqual(["error"]);
  expect(await lab.page.locator(".jp-DebuggerEditor-highlight").count()).toBe(0);
  await lab.page.locator(".jp-NotebookPanel .jp-DebuggerBugButton").click();
  await lab.page.locator('.jp-NotebookPanel .jp-DebuggerBugButton[aria-pressed="false"]').waitFor();
  await lab.runCell(1);
  expect((await lab.codeCells())[1]?.outputs.map(({ text }) => text)).toEqual(["50"]);
  await lab.close();
});
