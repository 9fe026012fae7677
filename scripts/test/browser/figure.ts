import type { Locator, Page } from "playwright-core";

/** What a picture of a part of the page shows. */
export interface Photograph {
  width: number;
  height: number;
  /** The share of pixels that differ from the most frequent colour. */
  inked: number;
  colours: number;
}

const data =
  ".mlayer path, .mlayer image, .mlayer text, .pielayer path, .shapelayer path, .annotation path, .gl-canvas";

/** How many marks of its data a live figure has drawn: lines, bars, points, images; waits a few seconds for the first. */
export async function countMarks(figure: Locator): Promise<number> {
  const marks = figure.locator(data);
  await marks.first().waitFor({ state: "attached" });
  return marks.evaluateAll((shapes) => {
    const hasExtent = (shape: Element) => {
      const { width, height } = shape.getBoundingClientRect();
      return width + height > 0 && (shape.tagName !== "path" || !!shape.getAttribute("d"));
    };
    return shapes.filter(hasExtent).length;
  });
}

/** Takes a picture of an element, keeps it in a file and reads its pixels. */
export async function photograph(element: Locator, file: string): Promise<Photograph> {
  const picture = await element.screenshot({ path: file });
  return readPixels(element.page(), picture);
}

/** Reads a picture's pixels, in an empty page of the same browser. */
async function readPixels(page: Page, picture: Buffer): Promise<Photograph> {
  const reader = await page.context().newPage();
  try {
    return await reader.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const { width, height } = image;
      const context = new OffscreenCanvas(width, height).getContext(
        "2d",
      ) as OffscreenCanvasRenderingContext2D;
      context.drawImage(image, 0, 0);
      const values = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
      const counts = new Map<number, number>();
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
      return { width, height, inked: 1 - Math.max(...counts.values()) / values.length, colours: counts.size };
    }, picture.toString("base64"));
  } finally {
    await reader.close();
  }
}
