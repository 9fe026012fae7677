import type { Evaluation } from "../runner/messages";

/** A script that was made from a cell. */
export type CellScript = Pick<Evaluation, "sourceUrl" | "file" | "source" | "sourceMap">;

/** All scripts that were made from cells: functions of each may be called at any time. */
export class CellScripts {
  readonly #scripts = new Map<string, CellScript>();

  add({ sourceUrl, file, source, sourceMap }: CellScript): void {
    this.#scripts.set(sourceUrl, { sourceUrl, file, source, sourceMap });
  }

  /** The script with a name. */
  get(sourceUrl: string): CellScript | undefined {
    return this.#scripts.get(sourceUrl);
  }

  [Symbol.iterator](): IterableIterator<CellScript> {
    return this.#scripts.values();
  }
}
