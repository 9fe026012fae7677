import type { MimeBundle, Notebook, Output } from "./nbformat";

const PLOTLY = "application/vnd.plotly.v1+json";
const SVG = "image/svg+xml";
const PNG = "image/png";

/** Draws pictures as PNG: of a plotly figure (its JSON), and of an SVG. */
export type Drawer = {
  figure(figure: PlotlyFigure): Promise<Uint8Array>;
  svg(source: string): Promise<Uint8Array>;
};
export type PlotlyFigure = { data: Record<string, unknown>[]; layout?: Record<string, unknown> };

/**
 * Adds to each plotly figure and each SVG among the outputs a static `image/png`, with the output's `text/plain` as its
 * alternative text: GitHub, VS Code and exported HTML show it for a figure, and JupyterLab for an SVG in a notebook that
 * was not run yet, whose SVGs it does not trust.
 * `loadDrawer` is called at the first picture only.
 */
export async function addStaticPictures(
  notebook: Notebook,
  loadDrawer: () => Promise<Drawer>,
): Promise<Notebook> {
  let drawer: Promise<Drawer> | undefined;
  const drawn = async ({ [PLOTLY]: figure, [SVG]: svg }: MimeBundle): Promise<Uint8Array | undefined> => {
    if (figure === undefined && typeof svg !== "string") return undefined;
    drawer ??= loadDrawer();
    const draw = await drawer;
    return figure === undefined ? draw.svg(svg as string) : draw.figure(figure as PlotlyFigure);
  };
  const withPicture = async (output: Output): Promise<Output> => {
    if (output.output_type !== "display_data" && output.output_type !== "execute_result") return output;
    const png = await drawn(output.data);
    if (png === undefined) return output;
    const data = { ...output.data, [PNG]: Buffer.from(png).toString("base64") };
    const alt = output.data["text/plain"];
    return {
      ...output,
      data,
      metadata: { ...output.metadata, ...(alt !== undefined && { [PNG]: { alt } }) },
    };
  };
  const cells: Notebook["cells"] = [];
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== "code") {
      cells.push(cell);
      continue;
    }
    const outputs: Output[] = [];
    for (const [i, output] of cell.outputs.entries())
      try {
        outputs.push(await withPicture(output));
      } catch (error) {
        const where = `cell ${index + 1}: output ${i + 1}: static picture`;
        throw new Error(`${where}: ${(error as Error).message}`, { cause: error });
      }
    cells.push({ ...cell, outputs });
  }
  return { ...notebook, cells };
}
