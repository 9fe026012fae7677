import { setTimeout as sleep } from "node:timers/promises";
import type { KernelClient } from "../jupyter/client";
import type { NotebookKernel } from "./kernels";
import {
  type Cell,
  type CodeCell,
  type ErrorOutput,
  hasTag,
  headingAbove,
  type Notebook,
  type Output,
} from "./nbformat";
import { CellOutputs, DisplayIds } from "./outputs";

/**
 * A cell failed that carries no tag `raises-exception`, or the kernel did not answer. `cell` is its position among all
 * cells, counted from 1; `details` are the traceback, or what the cell printed to stderr when the kernel sent no error.
 */
export class CellError extends Error {
  override readonly name = "CellError";
  constructor(
    readonly cell: number,
    readonly heading: string,
    message: string,
    readonly details: string,
  ) {
    super(message);
  }
}

export type ExecuteNotebookOptions = {
  kernel: NotebookKernel;
  /** Milliseconds that one cell may take. */
  cellTimeout: number;
  /** Told what is at work: `cell 3/12`. */
  onStep?: (step: string) => void;
};

/**
 * Executes the notebook's code cells in order in a fresh kernel and gives the notebook as it is to be saved: new outputs, execution
 * counts 1 … n, metadata of kernelspec and language_info only, per cell only its tags. A blank cell is not run, as in JupyterLab.
 * @throws CellError at the first cell that fails
 */
export async function executeNotebook(
  notebook: Notebook,
  client: KernelClient,
  { kernel, cellTimeout, onStep }: ExecuteNotebookOptions,
): Promise<Notebook> {
  const { language_info } = (await client.kernelInfo()) as { language_info: Record<string, unknown> };
  const displayIds = new DisplayIds();
  const cells: Cell[] = [];
  for (const [index, cell] of notebook.cells.entries()) {
    const clean = { ...cell, metadata: cell.metadata.tags === undefined ? {} : { tags: cell.metadata.tags } };
    if (clean.cell_type !== "code") {
      cells.push(clean);
      continue;
    }
    if (clean.source.trim() === "") {
      cells.push({ ...clean, execution_count: null, outputs: [] });
      continue;
    }
    onStep?.(`cell ${index + 1}/${notebook.cells.length}`);
    const fail = (message: string, details: string): never => {
      throw new CellError(index + 1, headingAbove(notebook.cells, index), message, details);
    };
    const { failed, ...execution } = await executeCell(clean, client, displayIds, cellTimeout).catch(
      (error: Error) => fail(error.message, ""),
    );
    if (failed) {
      if (!hasTag(clean, "raises-exception")) fail(...describeFailure(execution.outputs));
      await sleep(kernel.restAfterError);
    }
    cells.push({ ...clean, ...execution });
  }
  const { name, displayName: display_name, language } = kernel;
  return {
    cells,
    metadata: { kernelspec: { display_name, language, name }, language_info },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

async function executeCell(
  cell: CodeCell,
  client: KernelClient,
  displayIds: DisplayIds,
  timeout: number,
): Promise<Pick<CodeCell, "execution_count" | "outputs"> & { failed: boolean }> {
  const collected = new CellOutputs(displayIds);
  const { status, executionCount } = await client.execute(cell.source, {
    timeout,
    onOutput: (message) => collected.add(message),
  });
  return { execution_count: executionCount, outputs: collected.finish(), failed: status !== "ok" };
}

function describeFailure(outputs: readonly Output[]): [message: string, details: string] {
  const error = outputs.find((output): output is ErrorOutput => output.output_type === "error");
  if (error) return [`${error.ename}: ${error.evalue}`, error.traceback.join("\n").trimEnd()];
  const printed = outputs.map((output) =>
    output.output_type === "stream" && output.name === "stderr" ? output.text : "",
  );
  return ["an error, see what it printed", printed.join("").trimEnd()];
}
