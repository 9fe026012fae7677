import { createHash } from "node:crypto";
import { Resvg } from "@resvg/resvg-js";
import { beforeAll, expect, it } from "vitest";
import { shape } from "../../src/plot/static/fonts";
import { renderStatic } from "../../src/plot/static/render";
import { renderSvg } from "../../src/plot/static/render-svg";
import { figures } from "./figures";

const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);
const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

beforeAll(() => renderStatic(figures.scatter), 120_000); // loads plotly

it("every kind of figure has a picture of a notebook's size", async () => {
  for (const figure of Object.values(figures)) {
    const { png, svg } = await renderStatic(figure);
    expect([...png.subarray(1, 4)]).toEqual([80, 78, 71]);
    expect(sizeOf(png)[0]).toBe(1200);
    expect(png.length).toBeLessThan(80_000);
    expect(svg).toContain('role="img"');
  }
}, 120_000);

it("the bytes do not depend on what was drawn before", async () => {
  const first = await renderStatic(figures.heatmap);
  await renderStatic(figures["line chart"]);
  const second = await renderStatic(figures.heatmap);
  expect(second.svg).toBe(first.svg);
  expect(hash(second.png)).toBe(hash(first.png));
});

it("the bytes are the same in every process: these hashes were computed in another one", async () => {
  const hashes: Record<string, string> = {};
  for (const name of ["line chart", "heatmap", "unrolled RNN"])
    hashes[name] = hash((await renderStatic(figures[name])).png);
  expect(hashes).toMatchInlineSnapshot(`
    {
      "heatmap": "95284e3d4d2541a8",
      "line chart": "47446977292d5e28",
      "unrolled RNN": "4201b4fa624a6d26",
    }
  `);
});

it("the picture needs no font, not even for Devanagari", async () => {
  const { svg } = await renderStatic(figures.heatmap);
  expect(svg).not.toContain("<text");
  expect(svg).toContain('aria-label="क्षि"');
  const glyphs = (text: string) => shape(text, false).glyphs.map(({ id }) => id);
  for (const id of glyphs("क्षि")) expect(svg).toContain(`href="#glyph-${id}"`);
});

it("an animation's picture is its initial state, without slider and buttons", async () => {
  const { svg, png } = await renderStatic(figures["unrolled RNN"]);
  expect(svg).not.toMatch(/slider|updatemenu|aria-label="Play"/);
  expect(svg).toContain('aria-label="RNN"');
  expect(sizeOf(png)[1]).toBeLessThan(1.5 * Number(figures["unrolled RNN"].layout.height));
});

it("texts have the width of their glyphs: narrow letters are narrow, and marks take no room of their own", () => {
  const width = (text: string) => shape(text, false).width;
  expect(width("iiii")).toBeLessThan(width("mmmm") / 3);
  expect(width("क्षि")).toBeLessThan(width("क") + width("ष") + width("ि"));
  expect(shape("कं", false).glyphs[1].x).toBeLessThan(width("क")); // the dot lies over its letter
  expect(shape("abc", true).width).toBeGreaterThan(width("abc"));
});

it("a cell of a heatmap has its colour in the picture", async () => {
  const { svg } = await renderStatic(figures.heatmap, { scale: 1 });
  const { pixels, width } = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  const count = (r: number, g: number, b: number) => {
    let n = 0;
    for (let i = 0; i < pixels.length; i += 4)
      if (pixels[i] === r && pixels[i + 1] === g && pixels[i + 2] === b) n++;
    return n;
  };
  expect(width).toBe(800);
  expect(count(0xd5, 0x5e, 0x00)).toBeGreaterThan(1000); // the cells of 1, the scale's end
  expect(count(0x00, 0x72, 0xb2)).toBeGreaterThan(1000); // the cell of −1
});

it("a trace that needs WebGL is refused by name", async () => {
  await expect(renderStatic({ data: [{ type: "scattergl", x: [1], y: [1] }] })).rejects.toThrow(
    /renderStatic: figure: expected traces of scatter, .*, got scattergl/,
  );
});

it("an SVG of kernel-lib has a picture too, of its own size, with its texts where and as bold as the SVG has them", async () => {
  const text = (attributes: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40"><text x="50" y="30" font-size="24" ${attributes}>fₜ भारत</text></svg>`;
  const png = await renderSvg(text('text-anchor="middle"'), 2);
  expect(sizeOf(png)).toEqual([200, 80]);
  const others = [
    text('text-anchor="end"'),
    text('text-anchor="middle" font-weight="bold"'),
    text('display="none"'),
  ];
  const hashes = await Promise.all(others.map(async (source) => hash(await renderSvg(source, 2))));
  expect(new Set([hash(png), ...hashes]).size).toBe(others.length + 1);
});
