/**
 * The part of a canvas that plotly's heatmap draws with, kept as SVG rectangles: they stay sharp at every scale,
 * and no picture has to be encoded.
 */
export class RectangleCanvas {
  fillStyle = "#000";
  private readonly rectangles: string[] = [];

  constructor(private readonly canvas: { width: number; height: number }) {}

  fillRect(x: number, y: number, width: number, height: number): void {
    if (width <= 0 || height <= 0) return;
    const [, r, g, b, alpha = "1"] =
      this.fillStyle.match(/rgba?\(([\d.]+),([\d.]+),([\d.]+),?([\d.]+)?\)/) ?? [];
    if (r === undefined)
      throw new TypeError(`RectangleCanvas.fillRect: fillStyle: expected rgba(…), got ${this.fillStyle}`);
    if (Number(alpha) === 0) return;
    this.rectangles.push(
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="rgb(${r},${g},${b})" fill-opacity="${alpha}"/>`,
    );
  }

  createImageData(): never {
    throw new TypeError("renderStatic: figure: smoothed heatmaps (zsmooth) have no static picture");
  }

  toDataURL(): string {
    const { width, height } = this.canvas;
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" shape-rendering="crispEdges">` +
      `${this.rectangles.join("")}</svg>`;
    return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  }
}
