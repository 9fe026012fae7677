import { rng } from "../../math/random";
import type { Figure, Layout, Trace } from "../figure";
import { outlineTexts } from "./outline";
import { loadPlotly } from "./plotly";
import { rasterize } from "./rasterize";

export interface StaticPicture {
  svg: string;
  png: Uint8Array;
}

export interface StaticOptions {
  /** Pixels; default 800. */
  width?: number;
  /** Pixels; default: the figure's own height. */
  height?: number;
  /** Pixels of the PNG for each pixel of the figure; default 1.5. */
  scale?: number;
}

/** Traces that plotly draws as SVG; the others need WebGL or a map server. */
const DRAWABLE = new Set([
  "scatter",
  "bar",
  "heatmap",
  "histogram",
  "box",
  "violin",
  "contour",
  "pie",
  undefined,
]);

/**
 * A picture of a figure without a browser, the same bytes on every machine: plotly's own drawing with the fonts
 * that come with the library. Of an animation it shows the initial state, without slider and buttons.
 *
 * @throws TypeError for traces that plotly draws with WebGL, such as scattergl
 */
export async function renderStatic(
  figure: Figure | { data: Trace[]; layout?: Layout },
  { width = 800, height, scale = 1.5 }: StaticOptions = {},
): Promise<StaticPicture> {
  const { data, layout = {} } = JSON.parse(JSON.stringify(figure)) as { data: Trace[]; layout?: Layout };
  for (const { type } of data)
    if (!DRAWABLE.has(type as string))
      throw new TypeError(
        `renderStatic: figure: expected traces of ${[...DRAWABLE].filter(Boolean).join(", ")}, got ${type}`,
      );
  const alt = "alt" in figure ? `${figure.title}: ${figure.alt}` : "";
  const still = withoutControls(layout);
  const size = { width, height: height ?? Number(still.height ?? 420) };
  const svg = await drawn(data, { ...still, ...size }, alt);
  return { svg, png: await rasterize(svg, scale) };
}

/** Slider and buttons do nothing in a picture: they go, with the room below the axes that they took. */
function withoutControls(layout: Layout): Layout {
  const { sliders, updatemenus, ...rest } = layout;
  const margin = rest.margin as { b: number } | undefined;
  if (!sliders || !margin) return rest;
  const bottom = Math.min(margin.b, 70);
  return { ...rest, margin: { ...margin, b: bottom }, height: Number(rest.height) - (margin.b - bottom) };
}

let turn: Promise<unknown> = Promise.resolve();

/** One drawing at a time: plotly keeps state in the document. */
function drawn(data: Trace[], layout: Layout, alt: string): Promise<string> {
  const result = turn.then(async () => {
    const { window, Plotly } = await loadPlotly();
    window.Math.random = rng(1); // plotly makes up ids of clip paths with it: the same ones in every picture
    const div = window.document.createElement("div");
    window.document.body.appendChild(div);
    try {
      const config = { staticPlot: true };
      await Plotly.newPlot(div, data, layout, config);
      const { width, height } = layout;
      const uri = await Plotly.toImage(div, { format: "svg", width, height, imageDataOnly: true });
      const source = uri.startsWith("data:") ? decodeURIComponent(uri.slice(uri.indexOf(",") + 1)) : uri;
      const svg = new window.DOMParser().parseFromString(source, "image/svg+xml").documentElement;
      outlineTexts(svg);
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-label", alt);
      return svg.outerHTML;
    } finally {
      Plotly.purge(div);
      div.remove();
    }
  });
  turn = result.catch(() => undefined);
  return result;
}
