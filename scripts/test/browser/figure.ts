import type { Locator, Page } from "playwright-core";

/** What can be seen of a figure. */
export interface Drawn {
  width: number;
  height: number;
  /** Marks of the data: paths, bars, points, images, canvases with content. */
  marks: number;
  /** The share of pixels that differ from the most frequent colour. */
  inked: number;
  colours: number;
}

/** Looks at a figure as a person would: its marks in the page, and the pixels of its picture, which is kept as a file. */
export async function look(figure: Locator, picture: string): Promise<Drawn> {
  await figure.waitFor({ state: "visible" });
  await figure.scrollIntoViewIfNeeded();
  const marks = await figure.evaluate(async (element) => {
    const data =
      ".mlayer path, .mlayer image, .mlayer text, .pielayer path, .shapelayer path, .annotation path";
    const count = () => {
      const shapes = [...element.querySelectorAll(data)];
      const visible = shapes.filter((shape) => {
        const box = shape.getBoundingClientRect();
        const empty = shape.tagName === "path" && !shape.getAttribute("d");
        return !empty && box.width + box.height > 0;
      });
      return visible.length + element.querySelectorAll(".gl-canvas").length;
    };
    for (let i = 0; i < 50 && count() === 0; i++) await new Promise((resolve) => setTimeout(resolve, 100));
    return count();
  });
  const image = await figure.screenshot({ path: picture });
  const box = await figure.boundingBox();
  return { width: box?.width ?? 0, height: box?.height ?? 0, marks, ...(await pixels(figure.page(), image)) };
}

/** Reads a picture's pixels, in an empty page of the same browser. */
async function pixels(page: Page, image: Buffer): Promise<{ inked: number; colours: number }> {
  const reader = await page.context().newPage();
  try {
    return await reader.evaluate(async (base64) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${base64}`;
      await picture.decode();
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
      context.drawImage(picture, 0, 0);
      const colours = new Map<number, number>();
      const values = new Uint32Array(context.getImageData(0, 0, picture.width, picture.height).data.buffer);
      for (const value of values) colours.set(value, (colours.get(value) ?? 0) + 1);
      return { inked: 1 - Math.max(...colours.values()) / values.length, colours: colours.size };
    }, image.toString("base64"));
  } finally {
    await reader.close();
  }
}
