import { type EmitOptions, emitOptions, isSameEmit } from "../compiler/emit-options";
import type { Evaluation } from "../runner/messages";

/** A script that was made from a cell. */
export type CellScript = Pick<Evaluation, "sourceUrl" | "file" | "source" | "sourceMap" | "emitOptions">;

/** All scripts that were made from cells: functions of each may be called at any time. */
export class CellScripts {
  readonly #scripts = new Map<string, CellScript>();
  #emitOptions = emitOptions();

  /** How local modules are emitted now: as the last cell was. */
  get emitOptions(): EmitOptions {
    return this.#emitOptions;
  }

  add({ sourceUrl, file, source, sourceMap, emitOptions: emitted = this.#emitOptions }: CellScript): void {
    if (!isSameEmit(emitted, this.#emitOptions)) this.#emitOptions = emitted;
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
