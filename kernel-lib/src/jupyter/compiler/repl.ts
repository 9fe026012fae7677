import MagicString from "magic-string";
import { writtenNames } from "../global-names";
import { isExpression } from "./declarations";
import type { Of, Oxc, Statement } from "./oxc";
import { dynamicImport, importForEffect, staticImport } from "./repl-imports";
import { nestedVariables, variable } from "./repl-variables";
import type { Transpiled } from "./transpile";
import type { SourceMapPayload } from "./types";
import { nestedVars, patternNames, varNames } from "./variable-declarations";

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
  /** The names of earlier cells. */
  readonly known: ReadonlySet<string>;
}

/** A script for V8's REPL mode. */
export interface ReplScript {
  readonly js: string;
  /** From the script to the cell. */
  readonly map: SourceMapPayload;
  /** The names that it declares as it runs. */
  readonly bindings: readonly string[];
  /** Those of them that earlier cells have declared too. */
  readonly again: readonly string[];
}

/**
 * Turns a module into a script for V8's REPL mode (`Runtime.evaluate` with `replMode`).
 *
 * REPL mode lets a later script declare a name again only where both declarations are `let` or `class`. So every
 * top-level `const`, `var` and function becomes `let`; the type checker has already seen to it that no constant is
 * assigned. Imports become calls of `__kernelImport` and, like functions, are moved to the top.
 *
 * Where a script stops before a declaration of a name that an earlier cell declared too, the name keeps its old value.
 * To tell this from a new value, each declaration of such a name is followed by `__kernelDeclared.add`.
 */
export function toReplScript(oxc: Oxc, { js, map }: Transpiled, options: ReplOptions): ReplScript {
  const parsed = oxc.parse("cell.js", js, { sourceType: "module", lang: "js" });
  const text = new MagicString(js);
  const body = parsed.program.body;
  const repeated = repeatedVars(body);
  for (const name of repeated) text.prepend(`let ${name};${declared([name], options)}`);
  const top = endOfHoisted(body);
  const bindings = [...repeated];
  for (const statement of body) {
    rewriteStatement(text, js, statement, repeated, options);
    const names = declaredBy(statement, options).filter((name) => !repeated.has(name));
    text.appendLeft(statement.end, declared(names, options));
    bindings.push(...names);
    if (isHoisted(statement) && statement.start > top) text.move(statement.start, statement.end, top);
  }
  for (const { start, moduleRequest, end } of parsed.module.dynamicImports)
    dynamicImport(text, js, start, moduleRequest, end);
  for (const { start, end } of parsed.module.importMetas)
    text.overwrite(start, end, `({...${JSON.stringify(options.importMeta)},resolve:__kernelImport.resolve})`);
  const again = bindings.filter((name) => options.known.has(name));
  text.prepend(`"use strict";void 0;${again.length > 0 ? "__kernelDeclared.begin();" : ""}`);
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
    bindings,
    again,
  };
}

/** The names that a statement at the top declares as it runs. */
function declaredBy(statement: Statement, { typeOnly }: ReplOptions): string[] {
  const declaration = exported(statement);
  switch (declaration.type) {
    case "ImportDeclaration":
      return declaration.specifiers.map(({ local }) => local.name).filter((name) => !typeOnly.has(name));
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return declaration.id ? [declaration.id.name] : [];
    case "VariableDeclaration":
      return declaration.declarations.flatMap(({ id }) => patternNames(id).map(({ name }) => name));
    default:
      return [];
  }
}

/** The call that tells which names of earlier cells have been declared anew. */
function declared(names: readonly string[], { known }: ReplOptions): string {
  const again = names.filter((name) => known.has(name));
  return again.length === 0
    ? ""
    : `;__kernelDeclared.add(${again.map((name) => JSON.stringify(name)).join(",")});`;
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
      nestedVariables(text, js, statement);
  }
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
  const kept = js.slice(declaration.id.start, declaration.id.end);
  const written = writtenNames(kept);
  text.overwrite(
    declaration.start,
    declaration.id.end,
    `let ${kept} = ${head}${written === kept ? "" : ` ${written}`}`,
  );
  text.appendLeft(declaration.end, ";");
}
