import type { Notebook, Output } from "./nbformat";

const PLOTLY = "application/vnd.plotly.v1+json";
const PNG = "image/png";

/** Draws a plotly figure (its JSON) as a PNG. */
export type DrawPng = (figure: PlotlyFigure) => Promise<Uint8Array>;
export type PlotlyFigure = { data: Record<string, unknown>[]; layout?: Record<string, unknown> };

/**
 * Adds to each plotly figure among the outputs a static `image/png`, which GitHub, VS Code and exported HTML show,
 * with the figure's `text/plain` as its alternative text.
 * `loadDrawer` is called at the first figure only.
 */
export async function addStaticPictures(
  notebook: Notebook,
  loadDrawer: () => Promise<DrawPng>,
): Promise<Notebook> {
  let drawer: Promise<DrawPng> | undefined;
  const withPicture = async (output: Output): Promise<Output> => {
    if (output.output_type !== "display_data" && output.output_type !== "execute_result") return output;
    const figure = output.data[PLOTLY];
    if (figure === undefined) return output;
    drawer ??= loadDrawer();
    const png = await (await drawer)(figure as PlotlyFigure);
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
