import type { Cell, CodeCell, Notebook, Output, TextCell } from "../../src/notebook/nbformat";

/** A code cell; with outputs it counts as executed. */
export const code = (
  source: string,
  { tags, outputs = [] as Output[], count = null as number | null } = {} as CodeOptions,
): CodeCell => ({
  cell_type: "code",
  id: `id-${source.replace(/\W+/g, "-").slice(0, 40)}`,
  source,
  metadata: tags === undefined ? {} : { tags },
  execution_count: count,
  outputs,
});

type CodeOptions = { tags?: string[]; outputs?: Output[]; count?: number | null };

export const markdown = (source: string): TextCell => ({
  cell_type: "markdown",
  id: `md-${source.replace(/\W+/g, "-").slice(0, 40)}`,
  source,
  metadata: {},
});

export const notebook = (cells: Cell[], kernel = "typescript"): Notebook => ({
  cells,
  metadata: { kernelspec: { name: kernel, display_name: "TypeScript", language: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
});

export const stream = (text: string, name = "stdout"): Output => ({ output_type: "stream", name, text });

export const display = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});
