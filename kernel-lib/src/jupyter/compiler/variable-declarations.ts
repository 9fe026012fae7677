import type { Of, Statement } from "./oxc";
import type { Span } from "./positions";

/** A variable: kept for later cells with its type. */
export interface VariableDeclaration {
  readonly kind: "variable";
  readonly name: string;
  readonly mutable: boolean;
  /** Whether it is only described, by `declare`. */
  readonly ambient: boolean;
  /** Whether it is declared by `using` or `await using`, and so disposed at the cell's end. */
  readonly disposed: boolean;
  /** Offset of its name. */
  readonly at: number;
  readonly declarator: Declarator;
}

/** One `pattern: annotation = initializer` of a variable statement. */
export interface Declarator {
  readonly pattern: Span;
  readonly annotation: Span | undefined;
  readonly initializer: Span | undefined;
  /** The initializer is a plain literal, whose type is its text's type everywhere. */
  readonly literal: boolean;
  readonly names: readonly string[];
  /** The statement, for its documentation. */
  readonly statement: Span;
}

type Variables = Of<"VariableDeclaration">;
type Pattern = Variables["declarations"][number]["id"];

/** The variables that a variable statement declares, with those inside its patterns. */
export function variablesOf(statement: Variables): VariableDeclaration[] {
  return statement.declarations.flatMap((declarator) => declaratorVariables(statement, declarator));
}

/** `var` inside blocks and loops belongs to the whole cell. */
export function hoistedVariables(statement: Statement): VariableDeclaration[] {
  return nestedVars(statement).flatMap(variablesOf);
}

function declaratorVariables(
  statement: Variables,
  declarator: Variables["declarations"][number],
): VariableDeclaration[] {
  const names = patternNames(declarator.id);
  const annotation = "typeAnnotation" in declarator.id ? declarator.id.typeAnnotation : undefined;
  const { init } = declarator;
  const shared: Declarator = {
    pattern: { start: declarator.id.start, end: annotation?.start ?? declarator.id.end },
    annotation: annotation
      ? { start: annotation.typeAnnotation.start, end: annotation.typeAnnotation.end }
      : undefined,
    initializer: init ? { start: init.start, end: init.end } : undefined,
    literal: declarator.id.type === "Identifier" && init?.type === "Literal" && init.raw !== "null",
    names: names.map(({ name }) => name),
    statement: { start: statement.start, end: statement.end },
  };
  return names.map(({ name, start }) => ({
    kind: "variable",
    name,
    mutable: statement.kind === "let" || statement.kind === "var",
    ambient: statement.declare === true,
    disposed: statement.kind === "using" || statement.kind === "await using",
    at: start,
    declarator: shared,
  }));
}

/** The identifiers that a binding pattern declares. */
export function patternNames(pattern: Pattern): { name: string; start: number; end: number }[] {
  switch (pattern.type) {
    case "Identifier":
      return [{ name: pattern.name, start: pattern.start, end: pattern.start + pattern.name.length }];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === "RestElement" ? property.argument : property.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) =>
        element === null ? [] : patternNames(element.type === "RestElement" ? element.argument : element),
      );
    case "AssignmentPattern":
      return patternNames(pattern.left);
  }
}

/** The names that a `var` statement declares. */
export function varNames(statement: Statement): string[] {
  if (statement.type !== "VariableDeclaration" || statement.kind !== "var") return [];
  return statement.declarations.flatMap(({ id }) => patternNames(id).map(({ name }) => name));
}

/** The `var` statements inside a statement, but not inside its functions. */
export function nestedVars(statement: Statement): Variables[] {
  const inside = (nested: unknown): Variables[] => (nested ? varsOf(nested as Statement) : []);
  const all = (list: readonly unknown[]): Variables[] => list.flatMap(inside);
  switch (statement.type) {
    case "BlockStatement":
      return all(statement.body);
    case "IfStatement":
      return [...inside(statement.consequent), ...inside(statement.alternate)];
    case "ForStatement":
      return [...inside(statement.init), ...inside(statement.body)];
    case "ForInStatement":
    case "ForOfStatement":
      return [...inside(statement.left), ...inside(statement.body)];
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
      return inside(statement.body);
    case "TryStatement":
      return [...inside(statement.block), ...inside(statement.handler?.body), ...inside(statement.finalizer)];
    case "SwitchStatement":
      return statement.cases.flatMap((one) => all(one.consequent));
    default:
      return [];
  }
}

function varsOf(statement: Statement): Variables[] {
  if (statement.type === "VariableDeclaration") return statement.kind === "var" ? [statement] : [];
  return nestedVars(statement);
}
