import { DISPLAY } from "../host";

/** What the script of a cell tells of the names that it declares: `__kernelDeclared`. */
export interface Declared {
  /** Called by a script that declares names of earlier cells anew. */
  begin(): void;
  /** Called after each declaration of such names. */
  add(...names: string[]): void;
  /**
   * The names that a script which failed has not declared, shown as `application/json`.
   *
   * @param readers reads each name; throws where it has no value yet
   * @param again the names that earlier cells had declared
   */
  missing(readers: Record<string, () => unknown>, again: readonly string[]): object;
}

export function createDeclared(): Declared {
  const added = new Set<string>();
  return {
    begin: () => added.clear(),
    add: (...names) => {
      for (const name of names) added.add(name);
    },
    missing: (readers, again) => {
      const older = new Set(again);
      const missing = Object.entries(readers).filter(([name, read]) =>
        older.has(name) ? !added.has(name) : !succeeds(read),
      );
      return { [DISPLAY]: () => ({ "application/json": missing.map(([name]) => name) }) };
    },
  };
}

/** The script by which a client of the runner asks for the names that a script has not declared. */
export function missingNamesScript(bindings: readonly string[], again: readonly string[]): string {
  const readers = bindings.map((name) => `${JSON.stringify(name)}:()=>${name}`);
  return `__kernelDeclared.missing({${readers.join(",")}},${JSON.stringify(again)})`;
}

function succeeds(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
