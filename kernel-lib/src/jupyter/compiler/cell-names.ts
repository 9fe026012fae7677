import type { Augmentation, CellSyntax, Declaration } from "./declarations";

/** Where a cell declares its names. */
export function declarationPlaces({ declarations }: CellSyntax): { name: string; at: number }[] {
  return declarations.flatMap((one) =>
    one.kind === "augmentation" ? [] : { name: one.name, at: one.kind === "copied" ? one.start : one.at },
  );
}

/** The names that a cell declares, each once. */
export function declaredNames(cell: CellSyntax): string[] {
  return [...new Set(declarationPlaces(cell).map(({ name }) => name))];
}

/** The names of its variables, functions, classes and the like, but not those only described by `declare`. */
export function declaredValues({ declarations }: CellSyntax): string[] {
  return declarations.filter(isDeclaredValue).map(({ name }) => name);
}

/** The names of variables that are disposed at the cell's end. */
export function disposedNames({ declarations }: CellSyntax): Set<string> {
  return new Set(declarations.flatMap((one) => (one.kind === "variable" && one.disposed ? one.name : [])));
}

/** A cell without its declarations of some values; types of these names stay. */
export function withoutNames(cell: CellSyntax, names: ReadonlySet<string>): CellSyntax {
  const isGone = (one: Declaration) =>
    one.kind !== "augmentation" && names.has(one.name) && !(one.kind === "copied" && one.meaning === "type");
  return { ...cell, declarations: cell.declarations.filter((one) => !isGone(one)) };
}

function isDeclaredValue(one: Declaration): one is Exclude<Declaration, Augmentation> {
  switch (one.kind) {
    case "variable":
      return !one.ambient;
    case "copied":
      return one.meaning !== "type" && !one.ambient;
    case "import":
      return !one.typeOnly;
    case "augmentation":
      return false;
  }
}
