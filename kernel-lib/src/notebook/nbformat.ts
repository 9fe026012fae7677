/** A MIME bundle: representations of one output by MIME type. */
export type MimeBundle = Record<string, unknown>;

export type StreamOutput = { output_type: "stream"; name: string; text: string };
export type DisplayOutput = {
  output_type: "display_data";
  data: MimeBundle;
  metadata: Record<string, unknown>;
};
export type ResultOutput = Omit<DisplayOutput, "output_type"> & {
  output_type: "execute_result";
  execution_count: number | null;
};
export type ErrorOutput = { output_type: "error"; ename: string; evalue: string; traceback: string[] };
export type Output = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput;

export type CellMetadata = { tags?: string[]; [key: string]: unknown };
type CellBase = {
  id: string;
  source: string;
  metadata: CellMetadata;
  attachments?: Record<string, MimeBundle>;
};
export type CodeCell = CellBase & { cell_type: "code"; execution_count: number | null; outputs: Output[] };
export type TextCell = CellBase & { cell_type: "markdown" | "raw" };
export type Cell = CodeCell | TextCell;

/** A notebook of nbformat 4.5 in memory: multi-line text is one string, not a list of lines as in the file. */
export type Notebook = {
  cells: Cell[];
  metadata: {
    kernelspec?: Record<string, unknown>;
    language_info?: Record<string, unknown>;
    [key: string]: unknown;
  };
  nbformat: 4;
  nbformat_minor: number;
};

export const hasTag = (cell: Cell, tag: string): boolean => cell.metadata.tags?.includes(tag) ?? false;

/** The nearest Markdown heading at or above the cell with this index, without its `#`s; "" when there is none. */
export function headingAbove(cells: readonly Cell[], index: number): string {
  for (let i = index; i >= 0; i--) {
    const cell = cells[i]!;
    if (cell.cell_type !== "markdown") continue;
    const headings = cell.source.match(/^#{1,6}\s+.*$/gm);
    if (headings)
      return headings
        .at(-1)!
        .replace(/^#+\s+/, "")
        .trim();
  }
  return "";
}
