import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
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
  'import { button, hbox, interact, lineChart, play, slider, vbox } from "kernel-lib";',
  `const points = slider({ label: "Points", min: 2, max: 9 });
interact({ points }, ({ points }) => {
  const x = Array.from({ length: points }, (_, i) => i);
  console.log(points, "points");
  return lineChart({ title: "Squares", xTitle: "x", yTitle: "x²", series: [{ name: "x²", x, y: x.map((v) => v * v) }] });
});`,
  `let presses = 0;
const steps = play({ label: "Step", min: 0, max: 3, interval: 50 });
vbox(button({ label: "Press", onClick: () => console.log("pressed", ++presses) }), steps)`,
  "steps.value",
];

const marks = (cell: Locator) => cell.locator(".js-plotly-plot .points path");
const handle = (cell: Locator) => cell.locator(".noUi-handle").first();
const picture = (lab: Lab, name: string) =>
  lab.page.screenshot({ path: join(screenshots, `widgets-${name}.png`) });

/** Notes each frame in which the page shows no figure, and whether the figure stays the same element. */
async function watchFigure(
  lab: Lab,
): Promise<() => Promise<{ frames: number; empty: number; same: boolean }>> {
  await lab.page.evaluate(() => {
    const first = document.querySelector(".js-plotly-plot");
    const seen = { frames: 0, empty: 0, same: true };
    const look = () => {
      seen.frames++;
      if (!document.querySelector(".js-plotly-plot .points path")) seen.empty++;
      seen.same &&= document.querySelector(".js-plotly-plot") === first;
      requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { figureSeen: seen });
  });
  return () => lab.page.evaluate(() => (window as unknown as { figureSeen: never }).figureSeen);
}

test("sliders, buttons and figures live in a notebook, survive a reload, and leave a still picture", async () => {
  writeNotebook("widgets.ipynb", cells);
  const lab = await Lab.open(browser, server.address("widgets.ipynb"));
  for (const index of [0, 1, 2]) await lab.runCell(index);

  // A slider moved by the keyboard draws the figure anew, in its place.
  const drawing = await lab.cell(1);
  await expect.poll(() => marks(drawing).count(), { timeout: 30_000 }).toBe(2);
  const figureSeen = await watchFigure(lab);
  // The figure's picture is saved beside the widget, for viewers that have neither widgets nor plotly.
  const savedTypes = async () => (await lab.codeCells())[1]?.outputs[1]?.mimeTypes;
  await expect.poll(savedTypes, { timeout: 30_000 }).toContain("image/png");
  await handle(drawing).focus();
  for (let i = 0; i < 3; i++) await lab.page.keyboard.press("ArrowRight");
  await expect.poll(() => marks(drawing).count(), { timeout: 30_000 }).toBe(5);
  await drawing.getByText("5 points", { exact: true }).waitFor();
  const { frames, empty, same } = await figureSeen();
  expect(frames).toBeGreaterThan(0);
  expect({ empty, same }).toEqual({ empty: 0, same: true });
  await picture(lab, "slider");

  // A button prints under its own cell; play moves its slider to the end, which the kernel knows.
  const panel = await lab.cell(2);
  const press = panel.getByRole("button", { name: "Press" });
  await press.click();
  await press.click();
  await panel.getByText("pressed 2").waitFor();
  await panel.locator(".widget-play button").first().click();
  await expect.poll(() => panel.locator(".widget-readout").innerText(), { timeout: 30_000 }).toBe("3");
  expect((await lab.codeCells())[2]?.outputs.at(-1)).toMatchObject({
    type: "stream",
    text: "pressed 1\npressed 2\n",
  });
  // The page tells the kernel of a value only after it has heard of the one before.
  const known = async () => {
    await lab.runCell(3);
    return (await lab.codeCells())[3]?.outputs.map(({ text }) => text);
  };
  await expect.poll(known, { timeout: 30_000 }).toEqual(["3"]);
  await picture(lab, "button");

  // After a reload of the page the widgets are there as they were, and work.
  await lab.page.keyboard.press("Control+s");
  await expect.poll(() => lab.isChanged(), { timeout: 30_000 }).toBe(false);
  await lab.page.reload();
  await lab.idle();
  const again = await lab.cell(1);
  await expect.poll(() => marks(again).count(), { timeout: 30_000 }).toBe(5);
  await handle(again).focus();
  await lab.page.keyboard.press("ArrowLeft");
  await expect.poll(() => marks(again).count(), { timeout: 30_000 }).toBe(4);
  await again.getByText("4 points", { exact: true }).waitFor();

  // What their handlers print still stands below their cell.
  const panelAgain = await lab.cell(2);
  await panelAgain.getByRole("button", { name: "Press" }).click();
  await panelAgain.getByText("pressed 3").waitFor();
  expect((await lab.codeCells())[2]?.outputs.at(-1)?.text).toBe("pressed 1\npressed 2\npressed 3\n");
  await picture(lab, "reloaded");

  // Without the kernel that knew them, what was saved beside them is shown.
  await lab.page.getByRole("menuitem", { name: "Kernel", exact: true }).click();
  await lab.page.getByRole("menuitem", { name: "Shut Down Kernel", exact: true }).click();
  await expect.poll(() => lab.kernelName(), { timeout: 30_000 }).toBe("No Kernel");
  await lab.close();
  const later = await Lab.open(browser, server.address("widgets.ipynb"));
  const saved = await later.cell(1);
  await saved.getByText("Points:").waitFor();
  await expect.poll(() => marks(saved).count(), { timeout: 30_000 }).toBe(2);
  expect(await saved.innerText()).not.toContain("Error displaying widget");
  await picture(later, "saved");
  await later.close();
});
