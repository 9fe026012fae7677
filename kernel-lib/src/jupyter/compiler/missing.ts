import { declarationPlaces } from "./cell-names";
import type { CellSyntax } from "./declarations";
import { positionAt } from "./positions";

/** Why a cell did not declare its names. */
export type Failure =
  | "did not compile"
  | "failed the type check"
  | "threw"
  | "was interrupted"
  | "was skipped"
  | "disposed of it";

interface Missing {
  /** The cell that would have declared the name; of a skipped cell, the one that failed before it. */
  readonly count: number;
  readonly line: number;
  readonly failure: Failure;
}

/** "Cannot find name", with and without a suggestion, and "only refers to a type". */
const cannotFindName = new Set([2304, 2503, 2552, 2693, 18004]);

/** The names that cells would have declared, had they not failed. */
export class MissingNames {
  private readonly names = new Map<string, Missing>();

  /**
   * Notes what a cell did not declare.
   *
   * @param count its execution count; that of the failed cell where the cell itself was skipped
   * @param names those of its names that are meant; all by default
   */
  add(cell: CellSyntax, count: number, failure: Failure, names?: ReadonlySet<string>): void {
    const places = cell.errors.length > 0 ? placesByKeyword(cell.code) : declarationPlaces(cell);
    for (const { name, at } of places) {
      if (names && !names.has(name)) continue;
      this.names.set(name, { count, line: positionAt(cell.code, at).line + 1, failure });
    }
  }

  delete(name: string): void {
    this.names.delete(name);
  }

  clear(): void {
    this.names.clear();
  }

  /**
   * A sentence on why there is no such name, or undefined where no cell would have declared it.
   *
   * @param asking the execution count of the cell that uses the name
   */
  explain(name: string, asking?: number): string | undefined {
    const missing = this.names.get(name);
    if (missing === undefined) return undefined;
    const { count, line, failure } = missing;
    if (count === asking) return `It is used before its declaration in line ${line}.`;
    switch (failure) {
      case "did not compile":
        return `cell[${count}] would have defined it, but stopped with a syntax error.`;
      case "failed the type check":
        return `cell[${count}] would have defined it, but stopped with a type error.`;
      case "threw":
        return `cell[${count}] would have defined it in line ${line}, but threw an error first.`;
      case "was interrupted":
        return `cell[${count}] would have defined it in line ${line}, but was interrupted first.`;
      case "disposed of it":
        return `cell[${count}] declared it by using, so it was disposed of at the end of that cell.`;
      case "was skipped":
        return `A cell that would have defined it was skipped after the error in cell[${count}].`;
    }
  }

  /** `explain` for the name that a message of the checker cannot find. */
  explainMessage(code: number, message: string): string | undefined {
    const name = cannotFindName.has(code) ? /'([^']+)'/.exec(message)?.[1] : undefined;
    return name === undefined ? undefined : this.explain(name);
  }
}

/** Where code that can't be parsed seems to declare names. */
function placesByKeyword(code: string): { name: string; at: number }[] {
  const keywords = "const|let|var|function|class|interface|type|enum|namespace";
  const declaration = new RegExp(
    `(?:^|[;{}])\\s*(?:[a-z]+\\s+)*?(?:${keywords})\\b[\\s*]*([\\p{ID_Start}$_][\\p{ID_Continue}$]*)`,
    "gmu",
  );
  return [...code.matchAll(declaration)].map(({ index, 1: name = "" }) => ({ name, at: index }));
}
