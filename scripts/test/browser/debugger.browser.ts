import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Lab, startBrowser } from "./lab";
import { writeNotebook } from "./sample";
import { type Server, screenshots, served, startServer } from "./server";

/** For machines that have much else to do. */
const patience = { timeout: 20_000 };

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

/** A local module. Its types take lines that the compiled script does not have. */
const prices = `/** What a customer pays. */
export interface Paid {
  net: number;
  tax: number;
}

export function pay(net: number, rate: number): Paid {
  const tax: number = net * rate;
  const paid: Paid = { net, tax };
  return paid;
}
`;

/** Opens a notebook with the debugger switched on and its panel shown, after its first cell. */
async function openDebugger(name: string, sources = cells): Promise<Lab> {
  writeNotebook(name, sources);
  const lab = await Lab.open(browser, server.address(name));
  await lab.runCell(0);
  await lab.page.locator(".jp-NotebookPanel .jp-DebuggerBugButton").click();
  await lab.page.locator('.jp-NotebookPanel .jp-DebuggerBugButton[aria-pressed="true"]').waitFor();
  return lab;
}

/** Clicks into the gutter beside a line of an editor, counted from 1. */
async function clickGutter(editor: Locator, line: number): Promise<void> {
  const gutter = editor.locator(".cm-breakpoint-gutter .cm-gutterElement");
  // The first element only keeps the gutter's width.
  await gutter.nth(line).click();
  await editor.page().locator(".jp-DebuggerBreakpoint").first().waitFor();
}

/** Waits until these are the lines at which JupyterLab shows the code to stand. */
async function expectStoppedAt(lab: Lab, ...lines: string[]): Promise<void> {
  const highlights = lab.page.locator(".jp-DebuggerEditor-highlight");
  await expect.poll(() => highlights.allInnerTexts(), patience).toEqual(lines);
}

/** Waits for a text in the panel of variables. */
async function expectVariables(lab: Lab, text: RegExp): Promise<void> {
  const variables = lab.page.locator(".jp-DebuggerVariables-body:not(.lm-mod-hidden)");
  await expect.poll(() => variables.innerText(), patience).toMatch(text);
}

/** The editor in which JupyterLab shows a local module, in a tab of its own. */
const sourceEditor = (lab: Lab): Locator => lab.page.locator('.jp-CodeMirrorEditor[data-jp-debugger="true"]');

/** Brings a notebook's tab to the front. */
async function showNotebook(lab: Lab, name: string): Promise<void> {
  await lab.page.locator("#jp-main-dock-panel .lm-TabBar-tab", { hasText: name }).click();
  await lab.page.locator(".jp-NotebookPanel").waitFor();
}

test("a breakpoint in a cell stops a later cell that calls it: line, stack and variables are shown, then it goes on", async () => {
  const lab = await openDebugger("debugger.ipynb");
  await clickGutter(await lab.cell(0), 5);
  await lab.startCell(1);
  const highlight = (await lab.cell(0)).locator(".jp-DebuggerEditor-highlight");
  await highlight.waitFor();
  expect(await highlight.innerText()).toBe("  return sum;");
  await expectVariables(lab, /sum\s+5/);
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
  await expectVariables(lab, /total\s+5/);
  await lab.page.screenshot({ path: join(screenshots, "debugger-variables.png") });
  await lab.close();
});

test("the stop button ends a paused cell, and without the debugger it runs through", async () => {
  const lab = await openDebugger("debugger-interrupt.ipynb");
  await clickGutter(await lab.cell(0), 4);
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

test("step over goes to a cell's next line, step in to a local file's, where the debug console evaluates TypeScript", async () => {
  writeFileSync(join(served, "stepped-prices.ts"), prices);
  const lab = await openDebugger("debugger-steps.ipynb", [
    'import { pay } from "./stepped-prices";',
    "let first = pay(100, 0.2);\nlet second = pay(first.net, 0.5);\nfirst.tax + second.tax",
  ]);
  await clickGutter(await lab.cell(1), 1);
  await lab.startCell(1);
  await expectStoppedAt(lab, "let first = pay(100, 0.2);");
  await lab.page.locator('[data-command="debugger:next"]').click();
  await expectStoppedAt(lab, "let second = pay(first.net, 0.5);");
  await expectVariables(lab, /first\s+\{ net: 100, tax: 20 \}/);
  await lab.page.screenshot({ path: join(screenshots, "debugger-next.png") });

  await lab.page.locator('[data-command="debugger:stepIn"]').click();
  await expectStoppedAt(lab, "  const tax: number = net * rate;");
  expect((await sourceEditor(lab).locator(".cm-line").allTextContents()).join("\n")).toBe(prices);
  // Keywords have a colour of their own, so the editor knows the language.
  const coloured = sourceEditor(lab).locator(".cm-line span");
  await expect.poll(() => coloured.allInnerTexts(), patience).toContain("interface");
  expect(await lab.page.locator(".jp-DebuggerCallstackFrame").allInnerTexts()).toEqual([
    expect.stringMatching(/^pay\s+.*stepped-prices\.ts:8$/),
    expect.stringMatching(/^cell\[2\]\s+.*\.ts:2$/),
  ]);
  await expectVariables(lab, /net\s+100\s+rate\s+0\.5/);
  await lab.page.screenshot({ path: join(screenshots, "debugger-step-in.png") });

  await lab.page.locator('[data-command="debugger:evaluate"]').click();
  const prompt = lab.page.locator(".jp-DebugConsole .jp-CodeConsole-promptCell .cm-content");
  const results = lab.page.locator(".jp-DebugConsole .jp-OutputArea-output");
  await prompt.click();
  await lab.page.keyboard.type("[net as number, rate].map((n: number) => n * 2)");
  await lab.page.keyboard.press("Shift+Enter");
  await expect.poll(() => results.allInnerTexts(), patience).toEqual(["Array(2) [200, 1]"]);
  await lab.page.keyboard.type("first.tax");
  await lab.page.keyboard.press("Shift+Enter");
  await expect.poll(() => results.allInnerTexts(), patience).toEqual(["Array(2) [200, 1]", "20"]);
  await lab.page.screenshot({ path: join(screenshots, "debugger-console.png") });
  await lab.page.locator('[data-command="debugger:evaluate"]').click();
  await prompt.waitFor({ state: "detached" });

  await lab.page.locator('[data-command="debugger:continue"]').click();
  await showNotebook(lab, "debugger-steps.ipynb");
  await lab.idle();
  expect((await lab.codeCells())[1]?.outputs.map(({ text }) => text)).toEqual(["70"]);
  await lab.close();
});

test("a breakpoint in a local file, opened from the list of sources, stops each run of a cell that calls it", async () => {
  writeFileSync(join(served, "stopped-prices.ts"), prices);
  const lab = await openDebugger("debugger-file.ipynb", [
    'import { pay } from "./stopped-prices";',
    "pay(50, 0.1).tax",
  ]);
  await lab.page.locator(".jp-DebuggerKernelSource-source", { hasText: "stopped-prices.ts" }).click();
  // Line 4 is in a type: the breakpoint goes to the first line of code after it.
  await clickGutter(sourceEditor(lab), 4);
  const breakpoints = lab.page.locator(".jp-DebuggerBreakpoint");
  await expect
    .poll(() => breakpoints.allInnerTexts(), patience)
    .toEqual([expect.stringMatching(/stopped-prices\.ts\s+8$/)]);
  for (let run = 0; run < 2; run++) {
    await showNotebook(lab, "debugger-file.ipynb");
    await lab.startCell(1);
    await expectStoppedAt(lab, "  const tax: number = net * rate;");
    await expectVariables(lab, /net\s+50\s+rate\s+0\.1/);
    await lab.page.screenshot({ path: join(screenshots, `debugger-file-${run}.png`) });
    await lab.page.locator('[data-command="debugger:continue"]').click();
    await expectStoppedAt(lab);
  }
  await showNotebook(lab, "debugger-file.ipynb");
  await lab.idle();
  expect((await lab.codeCells())[1]?.outputs.map(({ text }) => text)).toEqual(["5"]);
  await lab.close();
});
