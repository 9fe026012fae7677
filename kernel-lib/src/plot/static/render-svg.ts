import { outlineTexts } from "./outline";
import { rasterize } from "./rasterize";

/**
 * A picture of an SVG without a browser, with the fonts that come with the library. Texts have to be written as in
 * kernel-lib's own pictures: placed by `x`, `y` and `text-anchor`.
 *
 * @param scale pixels of the PNG for each pixel of the SVG
 * @throws SyntaxError unless the source is well-formed XML
 */
export async function renderSvg(source: string, scale: number): Promise<Uint8Array> {
  const { JSDOM } = await import("jsdom");
  const svg = new JSDOM(source, { contentType: "image/svg+xml" }).window.document.documentElement;
  outlineTexts(svg);
  return rasterize(svg.outerHTML, scale);
}
