/** An SVG whose texts are outlines, as a PNG on white: the same bytes on every machine. `scale`: its pixels for each pixel of the SVG. */
export async function rasterize(svg: string, scale: number): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const picture = new Resvg(svg, {
    font: { loadSystemFonts: false },
    fitTo: { mode: "zoom", value: scale },
    background: "#ffffff",
  });
  return new Uint8Array(picture.render().asPng());
}
