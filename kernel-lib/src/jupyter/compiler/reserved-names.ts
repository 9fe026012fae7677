import { declarationPlaces, declaredValues } from "./cell-names";
import type { CellSyntax } from "./declarations";
import type { Span } from "./positions";

/** Values of the language itself, which TypeScript lets a module declare anew; and what the kernel's own code calls. */
const reserved = /^(undefined|NaN|Infinity|globalThis|__kernel[A-Z]\w*)$/;

/** TypeScript's number for a script that declares such a name. */
const conflict = 2397;

/** Names of a cell's variables, functions and classes that no cell may take, with TypeScript's number for it. */
export function reservedNames(cell: CellSyntax): (Span & { code: number; message: string })[] {
  const values = new Set(declaredValues(cell).filter((name) => reserved.test(name)));
  return declarationPlaces(cell)
    .filter(({ name }) => values.has(name))
    .map(({ name, at }) => {
      const start = cell.code.indexOf(name, at);
      const message = name.startsWith("__")
        ? `'${name}' is the kernel's own: take another name.`
        : `'${name}' is a value of the language itself: take another name.`;
      return { start, end: start + name.length, code: conflict, message };
    });
}
