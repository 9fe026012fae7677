import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Lab, startBrowser } from "./lab";
import { writeNotebook } from "./sample";
import { type Server, screenshots, startServer } from "./server";

let server: Server;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer({ NODE_OPTIONS: "--max-old-space-size=256" }),
    startBrowser(),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const picture = (lab: Lab, name: string) =>
  lab.page.screenshot({ path: join(screenshots, `heap-${name}.png`) });

test("a cell that fills the heap says so; the kernel goes on, starts anew where its process was ended, and restarts when asked", async () => {
  writeNotebook("heap.ipynb", [
    'let kept = "state";',
    "{ const hoard: object[] = []; for (let i = 0; ; i++) hoard.push({ i }); }",
    "kept",
    "console.log(process.pid); for (;;);",
    "1 + 1",
  ]);
  const lab = await Lab.open(browser, server.address("heap.ipynb"));
  const shownBelow = async (index: number) => (await lab.cell(index)).locator(".jp-OutputArea").innerText();
  const counts = async () => (await lab.codeCells()).map(({ count }) => count).toSpliced(3, 1);

  for (const index of [0, 1, 2]) await lab.runCell(index);
  await lab.idle();
  expect(await shownBelow(1)).toMatch(/^RangeError: heap limit of 3\d\d MiB reached: the cell was stopped/);
  expect(await shownBelow(2)).toContain("'state'");
  await picture(lab, "stopped");

  // A system that runs out of memory ends the process: the server starts it anew, and JupyterLab tells the user.
  await lab.startCell(3);
  const printed = async () => (await lab.codeCells())[3]?.outputs[0]?.text ?? "";
  await expect.poll(printed, { timeout: 30_000 }).toMatch(/^\d+\n/);
  process.kill(Number.parseInt(await printed(), 10), "SIGKILL");
  const told = lab.page.locator(".jp-Dialog", { hasText: "It will restart automatically" });
  await told.waitFor();
  await picture(lab, "ended");
  await told.getByRole("button", { name: "Ok" }).click();
  await lab.idle();
  await lab.runCell(4);
  expect(await counts()).toEqual([1, 2, 3, 1]);
  expect(await shownBelow(4)).toContain("2");

  await lab.page.locator('.jp-Toolbar [data-command="notebook:restart-kernel"]').click();
  await lab.page.locator(".jp-Dialog button", { hasText: "Restart" }).click();
  for (const index of [0, 2]) await lab.startCell(index);
  await expect.poll(counts, { timeout: 30_000 }).toEqual([1, 2, 2, 1]);
  expect(await shownBelow(2)).toContain("'state'");
  await picture(lab, "restarted");
  await lab.close();
});
