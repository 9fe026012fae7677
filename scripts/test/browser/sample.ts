import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { served } from "./server";

/**
 * Writes a notebook for the tested server.
 * @param name its file name
 * @param sources the code of its cells
 */
export function writeNotebook(name: string, sources: string[], kernel = "typescript"): void {
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `cell-${i}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const metadata = { kernelspec: { name: kernel, display_name: "TypeScript", language: "typescript" } };
  writeFileSync(join(served, name), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
}
