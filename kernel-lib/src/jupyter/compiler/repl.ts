import MagicString from "magic-string";
import { isExpression, nestedVars, patternNames, type Span } from "./declarations";
import type { Oxc, Statement } from "./oxc";
import type { Transpiled } from "./transpile";
import type { SourceMapPayload } from "./types";

/** How a cell's module syntax becomes a script. */
export interface ReplOptions {
  /** The script's name in stack traces. */
  readonly sourceUrl: string;
  /** Local names of imports that exist only as types. */
  readonly typeOnly: ReadonlySet<string>;
  /** Whether the value of the last statement is the script's value. */
  readonly endsInExpression: boolean;
  /** What `import.meta` is. */
  readonly importMeta: Readonly<Record<string, string>>;
}

type Of<Type extends Statement["type"]> = Statement extends infer One
  ? One extends { type: infer Types }
    ? Type extends Types
      ? One
      : never
    : never
  : never;

/**
 * Turns a module into a script for V8's REPL mode (`Runtime.evaluate` with `replMode`).
 *
 * REPL mode lets a later script declare a name again only where both declarations are `let` or `class`. So every
 * top-level `const`, `var` and function becomes `let`; the type checker has already seen to it that no constant is
 * assigned. Imports become calls of `__kernelImport` and, like functions, are moved to the top.
 */
export function toReplScript(
  oxc: Oxc,
  { js, map }: Transpiled,
  options: ReplOptions,
): { js: string; map: SourceMapPayload } {
  const parsed = oxc.parse("cell.js", js, { sourceType: "module", lang: "js" });
  const text = new MagicString(js);
  const body = parsed.program.body;
  const repeated = repeatedVars(body);
  for (const name of repeated) text.prepend(`let ${name};`);
  const top = endOfHoisted(body);
  for (const statement of body) {
    rewriteStatement(text, js, statement, repeated, options);
    if (isHoisted(statement) && statement.start > top) text.move(statement.start, statement.end, top);
  }
  for (const { start, moduleRequest, end } of parsed.module.dynamicImports)
    dynamicImport(text, js, start, moduleRequest, end);
  for (const { start, end } of parsed.module.importMetas)
    text.overwrite(start, end, `(${JSON.stringify(options.importMeta)})`);
  text.prepend('"use strict";void 0;');
  text.append(options.endsInExpression ? "" : "\n;void 0;");
  text.append(`\n//# sourceURL=${options.sourceUrl}`);
  const edits = text.generateMap({ hires: "boundary", source: options.sourceUrl });
  const combined = oxc.remapping([{ ...edits, version: 3, file: options.sourceUrl }, map], () => null);
  return {
    js: text.toString(),
    map: {
      ...(JSON.parse(JSON.stringify(combined)) as SourceMapPayload),
      file: options.sourceUrl,
      sourceRoot: "",
    },
  };
}

/** Names declared by more than one `var` or enum, or by a `var` inside a block: they need one `let` on top. */
function repeatedVars(body: readonly Statement[]): Set<string> {
  const repeated = new Set<string>();
  const seen = new Set<string>();
  for (const statement of body) {
    for (const name of varNames(exported(statement))) {
      if (seen.has(name)) repeated.add(name);
      seen.add(name);
    }
    for (const name of nestedVars(statement).flatMap(varNames)) repeated.add(name);
  }
  return repeated;
}

/** Imports and functions work before their place in the code, so they go to the top, in their order. */
function isHoisted(statement: Statement): boolean {
  const { type } = exported(statement);
  return type === "ImportDeclaration" || type === "FunctionDeclaration";
}

/** The end of the imports and functions with which the code begins. */
function endOfHoisted(body: readonly Statement[]): number {
  const first = body.findIndex((statement) => !isHoisted(statement));
  return first < 0 ? (body.at(-1)?.end ?? 0) : (body[first - 1]?.end ?? 0);
}

function varNames(statement: Statement): string[] {
  if (statement.type !== "VariableDeclaration" || statement.kind !== "var") return [];
  return statement.declarations.flatMap(({ id }) => patternNames(id).map(({ name }) => name));
}

function exported(statement: Statement): Statement {
  const isExport =
    statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration";
  return isExport && statement.declaration ? (statement.declaration as Statement) : statement;
}

function rewriteStatement(
  text: MagicString,
  js: string,
  statement: Statement,
  repeated: ReadonlySet<string>,
  options: ReplOptions,
): void {
  switch (statement.type) {
    case "ImportDeclaration":
      text.overwrite(statement.start, statement.end, staticImport(statement, js, options.typeOnly));
      return;
    case "ExportAllDeclaration":
      text.overwrite(statement.start, statement.end, importForEffect(statement.source.value));
      return;
    case "ExportNamedDeclaration":
      if (statement.declaration) {
        text.remove(statement.start, statement.declaration.start);
        rewriteStatement(text, js, statement.declaration as Statement, repeated, options);
      } else {
        const effect = statement.source ? importForEffect(statement.source.value) : ";";
        text.overwrite(statement.start, statement.end, effect);
      }
      return;
    case "ExportDefaultDeclaration":
      defaultExport(text, js, statement);
      return;
    case "FunctionDeclaration":
      hoistFunction(text, js, statement);
      return;
    case "VariableDeclaration":
      variable(text, js, statement, repeated);
      return;
    default:
      for (const nested of nestedVars(statement))
        assignment(text, js, nested, isLoopHead(statement, nested, js));
  }
}

function staticImport(statement: Of<"ImportDeclaration">, js: string, typeOnly: ReadonlySet<string>): string {
  const specifiers = statement.specifiers.filter(({ local }) => !typeOnly.has(local.name));
  if (statement.specifiers.length > 0 && specifiers.length === 0) return ";";
  const attributes = statement.attributes.map(
    ({ key, value }) => `${js.slice(key.start, key.end)}:${value.raw}`,
  );
  const call = importCall(statement.source.value, attributes);
  const names: string[] = [];
  const statements: string[] = [];
  for (const specifier of specifiers) {
    const local = specifier.local.name;
    if (specifier.type === "ImportNamespaceSpecifier") statements.push(`let ${local}=${call};`);
    else if (specifier.type === "ImportDefaultSpecifier") names.push(`default:${local}`);
    else names.push(`${js.slice(specifier.imported.start, specifier.imported.end)}:${local}`);
  }
  if (names.length > 0) statements.push(`let {${names.join(",")}}=${call};`);
  return statements.length > 0 ? statements.join("") : importForEffect(statement.source.value, attributes);
}

function importCall(source: string, attributes: readonly string[]): string {
  const more = attributes.length > 0 ? `,{${attributes.join(",")}}` : "";
  return `await __kernelImport(${JSON.stringify(source)},"static"${more})`;
}

/** A block with only a declaration has no completion value, so the cell keeps that of its last statement. */
function importForEffect(source: string, attributes: readonly string[] = []): string {
  return `{let _=${importCall(source, attributes)};}`;
}

function defaultExport(text: MagicString, js: string, statement: Of<"ExportDefaultDeclaration">): void {
  const { declaration } = statement;
  if (declaration.type === "FunctionDeclaration" && declaration.id) {
    text.remove(statement.start, declaration.start);
    hoistFunction(text, js, declaration as Of<"FunctionDeclaration">);
  } else if (declaration.type === "ClassDeclaration" && declaration.id) {
    text.remove(statement.start, declaration.start);
  } else {
    text.overwrite(statement.start, declaration.start, "(");
    text.appendLeft(declaration.end, isExpression(declaration.type) ? ")" : ");");
  }
}

/** `function f() {}` → `let f = function () {};`, which gets its name from `f` and calls itself by the outer name. */
function hoistFunction(text: MagicString, js: string, declaration: Of<"FunctionDeclaration">): void {
  if (!declaration.id) return;
  const head = `${declaration.async ? "async " : ""}function${declaration.generator ? "*" : ""}`;
  text.overwrite(
    declaration.start,
    declaration.id.end,
    `let ${js.slice(declaration.id.start, declaration.id.end)} = ${head}`,
  );
  text.appendLeft(declaration.end, ";");
}

function variable(
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

function dynamicImport(text: MagicString, js: string, start: number, specifier: Span, end: number): void {
  text.overwrite(start, start + "import".length, "__kernelImport");
  text.appendLeft(specifier.end, ',"dynamic"');
  const rest = js.slice(specifier.end, end - 1);
  const options = /^\s*,\s*(?=\S)/.exec(rest)?.[0];
  if (options === undefined) return;
  text.appendLeft(specifier.end + options.length, "(");
  text.appendLeft(end - 1, ")?.with");
}
