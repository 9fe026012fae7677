import { declaredNames } from "./cell-names";
import type { CellSyntax } from "./declarations";
import type { Oxc } from "./oxc";
import type { Project } from "./project";
import type { Scope, TypeTexts } from "./scope";
import { namesInType } from "./type-text";
import type { VariableDeclaration } from "./variable-declarations";

/**
 * The types of a cell's variables as text for the prelude, asked of the checker where the cell does not say them.
 *
 * A type that can't be written, as that of an anonymous class, has none: then the prelude repeats the initializer.
 *
 * @param header the line before the cell's code in the checker's file
 */
export async function variableTypes(
  oxc: Oxc,
  { workspace, cellFile }: Project,
  scope: Scope,
  cell: CellSyntax,
  header: string,
): Promise<TypeTexts> {
  const variables = cell.declarations.filter((one): one is VariableDeclaration => one.kind === "variable");
  const types = new Map<VariableDeclaration, string | undefined>();
  const asked: VariableDeclaration[] = [];
  for (const one of variables) {
    const { annotation, literal, names } = one.declarator;
    if (annotation && names.length === 1) types.set(one, cell.code.slice(annotation.start, annotation.end));
    else if (literal) types.set(one, undefined);
    else asked.push(one);
  }
  if (asked.length === 0) return types;

  const offsets = asked.map(({ at }) => header.length + at);
  const texts = await workspace.ask((checker) => checker.types(cellFile, offsets));
  const own = new Set(declaredNames(cell));
  const variableNames = new Set(variables.map(({ name }) => name));
  const isKnown = (name: string) => own.has(name) || scope.knows(name, cell);
  const found = texts.map((text) => (text === undefined ? undefined : namesInType(oxc, text)));
  const unknown = found
    .flatMap((names) => (names ? [...names.types, ...names.values] : []))
    .filter((name) => !isKnown(name));
  const globals =
    unknown.length > 0
      ? await workspace.ask((checker) => checker.globals(cellFile, [...new Set(unknown)]))
      : new Set();

  for (const [index, one] of asked.entries()) {
    const names = found[index];
    const writable =
      names !== undefined &&
      ![...names.values].some((name) => variableNames.has(name)) &&
      [...names.types, ...names.values].every((name) => isKnown(name) || globals.has(name));
    types.set(one, writable ? texts[index] : undefined);
  }
  return types;
}
