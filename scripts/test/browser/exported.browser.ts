import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../setup/paths.mjs";
import { startBrowser } from "./lab";
import { screenshots, startServer } from "./server";

const notebooks = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));

let folder: string;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "exported-"));
  const args = ["scripts/export.mjs", "notebooks/*.ipynb", `--output-dir=${folder}`];
  await promisify(execFile)(process.execPath, args, { cwd: root });
  browser = await startBrowser();
  context = await browser.newContext({ viewport: { width: 1300, height: 900 }, offline: true });
}, 600_000);

afterAll(() => browser?.close());

/** What a saved notebook shows to somebody who has no kernel. */
function readNotebook(notebook: string) {
  const { cells } = JSON.parse(readFileSync(join(root, "notebooks", notebook), "utf8"));
  const outputs: { data?: Record<string, string | string[]> }[] = cells.flatMap(
    (cell: { outputs?: object[] }) => cell.outputs ?? [],
  );
  const shown = outputs.map(({ data = {} }) => data);
  const all = (type: string) =>
    shown.filter((data) => type in data).map((data) => [data[type]].flat().join(""));
  const pictures = shown.filter((data) => "image/png" in data || "image/svg+xml" in data);
  const markdown = cells
    .filter((cell: { cell_type: string }) => cell.cell_type === "markdown")
    .map((cell: { source: string | string[] }) => [cell.source].flat().join(""));
  return {
    figures: all("application/vnd.plotly.v1+json").length + all("image/svg+xml").length,
    descriptions: pictures.map((data) => [data["text/plain"]].flat().join("")),
    drawings:
      all("text/html")
        .join("")
        .match(/<(svg|img)\s/g)?.length ?? 0,
    formulas: [...markdown, ...all("text/markdown")].filter((text) => text.includes("$")).length,
  };
}

/** What is seen of each picture of a page: its description, its size on the page, and how many colours it has. */
function readPictures(page: Page) {
  return page.locator(".jp-OutputArea-output > img").evaluateAll((images) =>
    Promise.all(
      (images as HTMLImageElement[]).map(async (image) => {
        await image.decode();
        const { naturalWidth, naturalHeight, alt } = image;
        const drawing = new OffscreenCanvas(naturalWidth, naturalHeight).getContext("2d")!;
        drawing.drawImage(image, 0, 0);
        const pixels = drawing.getImageData(0, 0, naturalWidth, naturalHeight).data;
        const { width, height } = image.getBoundingClientRect();
        return { alt, width, height, colours: new Set(new Uint32Array(pixels.buffer)).size };
      }),
    ),
  );
}

describe.each(notebooks)("%s, exported as HTML and opened without a network", (notebook) => {
  const name = basename(notebook, ".ipynb");
  const { figures, descriptions, drawings, formulas } = readNotebook(notebook);
  const requests: string[] = [];
  let page: Page;

  beforeAll(async () => {
    page = await context.newPage();
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href, { waitUntil: "load" });
    await page.screenshot({ path: join(screenshots, `${name}-exported.png`), fullPage: true });
  });

  afterAll(() => page?.close());

  test("shows every figure, with its description", async () => {
    const pictures = await readPictures(page);
    expect(pictures).toHaveLength(figures);
    expect(pictures.map(({ alt }) => alt)).toEqual(descriptions);
    for (const { alt, width, height, colours } of pictures) {
      expect(alt.trim()).not.toBe("");
      expect(width * height, alt).toBeGreaterThan(100 * 100);
      expect(colours, alt).toBeGreaterThan(8);
    }
  });

  test("shows every drawing inside HTML, with a name", async () => {
    const name = "[aria-label], [aria-labelledby]";
    const found = await page.locator(".jp-RenderedHTML :is(svg, img)").evaluateAll(
      (drawings, named) =>
        drawings.map((drawing) => ({
          named: drawing.matches(":has(> title), [alt]:not([alt=''])") || drawing.closest(named) !== null,
          area: drawing.getBoundingClientRect().width * drawing.getBoundingClientRect().height,
          broken: drawing instanceof HTMLImageElement && drawing.naturalWidth === 0,
        })),
      name,
    );
    expect(found).toHaveLength(drawings);
    for (const { named, area, broken } of found) {
      expect(named).toBe(true);
      expect(area).toBeGreaterThan(0);
      expect(broken).toBe(false);
    }
  });

  test("draws its formulas, in their fonts", async () => {
    const drawn = page.locator(".katex");
    if (formulas > 0) expect(await drawn.count()).toBeGreaterThanOrEqual(formulas);
    expect(await page.locator(".katex-error").allInnerTexts()).toEqual([]);
    const failed = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].filter(({ status }) => status === "error").map(({ family }) => family);
    });
    expect(failed).toEqual([]);
  });

  test("cuts off no line of code", async () => {
    const cut = await page
      .locator(".jp-InputArea-editor")
      .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length);
    expect(cut).toBe(0);
  });

  test("asks no other machine for anything", () => {
    expect(requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
  });
});

test("JupyterLab's own export gives the same page", async () => {
  const notebook = notebooks[0]!;
  const server = await startServer();
  try {
    const lab = new URL(server.address(notebook));
    const address = `${lab.origin}/nbconvert/html/${notebook}?download=true&token=${lab.searchParams.get("token")}`;
    const page = await (await fetch(address)).text();
    expect(page).toBe(readFileSync(join(folder, notebook.replace(".ipynb", ".html")), "utf8"));
  } finally {
    await server.stop();
  }
});
