import type MagicString from "magic-string";
import type { Of, Statement } from "./oxc";
import type { Span } from "./positions";
import { nestedVars, varNames } from "./variable-declarations";

/** `const x = 1` and `var x = 1` → `let x = 1`; where the name is declared on top already, `void (x = 1)`. */
export function variable(
  text: MagicString,
  js: string,
  statement: Of<"VariableDeclaration">,
  repeated: ReadonlySet<string>,
): void {
  for (const { id, init } of statement.declarations) {
    if (statement.kind === "var" && id.type === "Identifier" && init)
      ownEnum(text, js, id.name, init, repeated);
  }
  if (varNames(statement).some((name) => repeated.has(name))) assignment(text, js, statement, false);
  else if (statement.kind !== "let")
    text.overwrite(statement.start, statement.start + statement.kind.length, "let");
}

/** Every `var` inside a block or a loop becomes an assignment: its name is declared on top. */
export function nestedVariables(text: MagicString, js: string, statement: Statement): void {
  for (const nested of nestedVars(statement)) assignment(text, js, nested, isLoopHead(statement, nested, js));
}

/** An enum is emitted as `var E = function (E) {…}(E || {})`; only one of the same cell may be continued. */
function ownEnum(
  text: MagicString,
  js: string,
  name: string,
  init: Span,
  repeated: ReadonlySet<string>,
): void {
  const tail = `(${name} || {})`;
  if (!repeated.has(name) && js.slice(init.start, init.end).endsWith(tail))
    text.overwrite(init.end - tail.length, init.end, "({})");
}

/** `var x = 1` → `void (x = 1)`, or in the head of a loop `x = 1`, where the name is declared on top. */
function assignment(
  text: MagicString,
  js: string,
  statement: Of<"VariableDeclaration">,
  loopHead: boolean,
): void {
  const assigned = statement.declarations.filter(({ init }) => init !== null);
  if (loopHead) {
    text.remove(statement.start, statement.declarations[0]?.start ?? statement.end);
    return;
  }
  if (assigned.length === 0) {
    text.overwrite(statement.start, statement.end, ";");
    return;
  }
  text.overwrite(statement.start, statement.declarations[0]?.start ?? statement.end, "void (");
  const last = statement.declarations.at(-1);
  for (const { id, init, end } of statement.declarations) {
    if (init === null) text.overwrite(id.start, end, "0");
  }
  text.appendLeft(last?.end ?? statement.end, ")");
  if (js[statement.end - 1] !== ";") text.appendLeft(statement.end, ";");
}

/** Whether a `var` stands in the parentheses of a `for`. */
function isLoopHead(statement: Statement, vars: Span, js: string): boolean {
  return /\bfor\s*(?:await\s*)?\(\s*$/.test(js.slice(statement.start, vars.start));
}
