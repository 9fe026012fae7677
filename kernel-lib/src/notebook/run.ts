import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { type KernelClient, startKernel } from "../jupyter/client";
import { compareNotebooks, type Difference } from "./compare";
import { executeNotebook } from "./execute";
import { findKernel, kernelNames, type NotebookKernel } from "./kernels";
import type { Notebook } from "./nbformat";
import { NotebookFormatError, parseNotebook } from "./parse";
import { addStaticPictures, type Drawer } from "./pictures";
import { replaceFile } from "./save";
import { serializeNotebook } from "./serialize";

export type RunOptions = {
  /** Compare with what the file holds instead of saving. */
  check: boolean;
  /** Execute in this kernel, not in the notebook's own; then nothing is saved or compared. */
  kernel?: string;
  /** Milliseconds that one cell may take. */
  cellTimeout: number;
  loadDrawer: () => Promise<Drawer>;
  /** Told what is at work: the kernel's start, each cell, the pictures. */
  onStep?: (step: string) => void;
};

/**
 * Executes one notebook file in a kernel of its own, in the file's folder, then saves it, or compares. The outputs belong to the
 * kernel that the notebook names: in another one it is only run.
 * @returns the differences found by a check, none otherwise
 * @throws NotebookFormatError, CellError, and KernelTimeoutError or KernelDiedError when the kernel does not start; the file is then as it was
 */
export async function runNotebook(file: string, options: RunOptions): Promise<Difference[]> {
  const { check, cellTimeout, loadDrawer, onStep } = options;
  const text = readFileSync(file, "utf8");
  const notebook = parseNotebook(text, file);
  const own = ownKernel(notebook, file);
  const kernel = options.kernel === undefined ? own : knownKernel(options.kernel, "--kernel");
  onStep?.("starting the kernel");
  const executed = await inKernel(kernel, file, (client) =>
    executeNotebook(notebook, client, { kernel, cellTimeout, onStep }),
  );
  if (kernel.name !== own.name) return [];
  onStep?.("drawing static pictures");
  const complete = await addStaticPictures(executed, loadDrawer);
  if (check) return compareNotebooks(notebook, complete);
  if (readFileSync(file, "utf8") !== text)
    throw new Error(`${file}: changed by another program while it was executed, so it was not saved`);
  const saved = serializeNotebook(complete);
  if (saved !== text) replaceFile(file, saved);
  return [];
}

async function inKernel<T>(
  { spec }: NotebookKernel,
  file: string,
  work: (client: KernelClient) => Promise<T>,
): Promise<T> {
  const client = await startKernel({ spec, cwd: dirname(file) });
  try {
    return await work(client);
  } finally {
    await client.kill();
  }
}

function ownKernel({ metadata: { kernelspec } }: Notebook, file: string): NotebookKernel {
  const name = kernelspec?.name ?? "typescript";
  return knownKernel(name, `${file}: metadata.kernelspec.name`);
}

function knownKernel(name: unknown, where: string): NotebookKernel {
  const kernel = typeof name === "string" ? findKernel(name) : undefined;
  if (kernel) return kernel;
  throw new NotebookFormatError(
    `${where}: expected one of ${kernelNames.join(", ")}, got ${JSON.stringify(name)}`,
  );
}
