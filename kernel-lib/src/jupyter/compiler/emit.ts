import path from "node:path";
import { pathToFileURL } from "node:url";
import { globalNames, keptName } from "../global-names";
import { declaredNames, declaredValues } from "./cell-names";
import type { CellSyntax, ImportDeclaration } from "./declarations";
import { withDeclaredEnums } from "./declared-enums";
import { emitOptions } from "./emit-options";
import { isolate } from "./isolate";
import { needsLowering } from "./lower";
import type { Oxc } from "./oxc";
import type { Project } from "./project";
import { toReplScript } from "./repl";
import { type Transpiled, transpile } from "./transpile";
import type { CompiledCell } from "./types";
import { varNames } from "./variable-declarations";

/**
 * Turns a cell that was checked into JavaScript.
 *
 * @param header the line before the cell's code in the checker's file
 * @param known the names of earlier cells that the cell uses
 * @param shadowed those of them that are called like globals
 * @throws SyntaxError where the transpiler does not take what the checker took
 */
export async function emit(
  oxc: Oxc,
  cwd: string,
  project: Project,
  cell: CellSyntax,
  count: number,
  header: string,
  known: ReadonlySet<string>,
  shadowed: ReadonlySet<string>,
): Promise<Omit<CompiledCell, "warnings">> {
  const sourceUrl = `cell-${count}.ts`;
  const options = emitOptions(project.options);
  const transpiled = transpile(oxc, withDeclaredEnums(oxc, cell), sourceUrl, options);
  const file = path.join(cwd, sourceUrl);
  const names = new Map([
    ...keptNames(cell, shadowed).map((name) => [name, keptName(name)] as const),
    ...temporaries(oxc, cell, transpiled).map((name) => [name, `${name}$${++lowered}`] as const),
  ]);
  const isolated = names.size > 0 || cell.words.has("this") ? isolate(oxc, transpiled, names) : transpiled;
  const kept = (all: Iterable<string>) => new Set([...all].map((name) => names.get(name) ?? name));
  const { js, map, bindings, again } = toReplScript(oxc, isolated, {
    sourceUrl,
    typeOnly: kept(await typeOnlyImports(project, cell, header)),
    endsInExpression: cell.endsInExpression,
    known: kept(known),
    importMeta: { url: pathToFileURL(file).href, filename: file, dirname: cwd },
  });
  const sourceMap = { ...map, sources: [sourceUrl], sourcesContent: [cell.code] };
  return {
    ok: true,
    js,
    sourceMap,
    sourceUrl,
    emitOptions: options,
    declared: declaredNames(cell),
    bindings,
    again,
  };
}

/** The names in a cell that are called like globals, but are the user's own. */
function keptNames(cell: CellSyntax, shadowed: ReadonlySet<string>): string[] {
  const own = declaredValues(cell).filter((name) => globalNames.has(name));
  return [...own, ...[...shadowed].filter((name) => cell.words.has(name))];
}

/** Counts the variables of lowered code, which are global as all of a cell: no cell may take another's. */
let lowered = 0;

/** The variables at the top of lowered code that the cell has not declared. */
function temporaries(oxc: Oxc, cell: CellSyntax, { js }: Transpiled): string[] {
  if (!needsLowering(oxc.parse, cell.code)) return [];
  const { program } = oxc.parse("cell.js", js, { sourceType: "module", lang: "js" });
  return program.body.flatMap(varNames).filter((name) => !cell.words.has(name));
}

/** Names that are imported like values, but are only types: at run time there is nothing to import. */
async function typeOnlyImports(project: Project, cell: CellSyntax, header: string): Promise<Set<string>> {
  const imports = cell.declarations.filter(
    (one): one is ImportDeclaration =>
      one.kind === "import" && !one.typeOnly && !["*", "="].includes(one.imported),
  );
  if (imports.length === 0) return new Set();
  const offsets = imports.map(({ at }) => header.length + at);
  const values = await project.workspace.ask((checker) => checker.areValues(project.cellFile, offsets));
  return new Set(imports.filter((_, index) => !values[index]).map(({ name }) => name));
}
