import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Position, Problem } from "./checker";
import { completeness } from "./completeness";
import { complete, prefixAt } from "./completion";
import { type CellSyntax, type ImportDeclaration, readCell, type VariableDeclaration } from "./declarations";
import { diagnostic, plainNames, shownDiagnostics } from "./diagnostics";
import { inspection } from "./inspection";
import { LanguageServerError } from "./language-server";
import { isTypeScript, LocalModules } from "./local-modules";
import { loadOxc, type Oxc } from "./oxc";
import { positionAt } from "./positions";
import { openProject, type Project, preludeSpecifier } from "./project";
import { Queue } from "./queue";
import { toReplScript } from "./repl";
import { Scope } from "./scope";
import { transpile } from "./transpile";
import { namesInType } from "./type-text";
import type {
  CellDiagnostic,
  CellId,
  Compilation,
  Compiler,
  Completeness,
  Completion,
  Inspection,
  RejectedCell,
} from "./types";

export type {
  CellDiagnostic,
  CellId,
  Compilation,
  CompiledCell,
  Compiler,
  Completeness,
  Completion,
  CompletionMatch,
  Inspection,
  RejectedCell,
  SourceMapPayload,
} from "./types";

/** Starts the type checker for cells of a notebook in the folder `cwd`. */
export async function openCompiler({ cwd }: { cwd: string }): Promise<Compiler> {
  const scope = new Scope(preludeSpecifier);
  const initial = { prelude: scope.prelude, cell: scope.header(new Set(), []) };
  const [oxc, project] = await Promise.all([loadOxc(), openProject(cwd, initial)]);
  return new CellCompiler(oxc, cwd, project, scope);
}

/** What `commit` needs to know of a compiled cell. */
interface Compiled {
  readonly cell: CellSyntax;
  readonly header: string;
  readonly count: number;
}

class CellCompiler implements Compiler {
  private readonly compiled = new WeakMap<Compilation, Compiled>();
  private readonly modules: LocalModules;
  private readonly cells = new Queue();
  private readonly questions = new Queue();
  private warnings: readonly string[];
  /** Names of cells that did not run because of an error. */
  private readonly missing = new Map<string, number>();

  constructor(
    private readonly oxc: Oxc,
    private readonly cwd: string,
    private readonly project: Project,
    private scope: Scope,
  ) {
    this.modules = new LocalModules(oxc, cwd);
    this.warnings = project.warnings;
  }

  compile(code: string, { count }: CellId): Promise<Compilation> {
    return this.cells.add(() => this.compileCell(code, count));
  }

  commit(compilation: Compilation): Promise<void> {
    const compiled = this.compiled.get(compilation);
    if (!compiled || compiled.cell.declarations.length === 0) return Promise.resolve();
    return this.cells.add(() => this.commitCell(compiled));
  }

  complete(code: string, offset: number): Promise<Completion> {
    return this.questions.add(async () => {
      const position = this.scratch(code, offset);
      const { workspace, scratchFile } = this.project;
      return complete(code, offset, await workspace.ask((checker) => checker.completions(scratchFile, position)));
    });
  }

  inspect(code: string, offset: number): Promise<Inspection | undefined> {
    return this.questions.add(async () => {
      const position = this.scratch(code, offset);
      const { workspace, scratchFile } = this.project;
      return workspace.ask(async (checker) => {
        const [hover, help] = await Promise.all([
          checker.hover(scratchFile, position),
          checker.signatureHelp(scratchFile, position),
        ]);
        return inspection(hover, help);
      });
    });
  }

  async isComplete(code: string): Promise<Completeness> {
    return completeness(this.oxc, code);
  }

  forget(): Promise<void> {
    return this.cells.add(async () => {
      this.scope = new Scope(preludeSpecifier);
      this.missing.clear();
      await this.setPrelude();
    });
  }

  async close(): Promise<void> {
    await this.project.workspace.close();
  }

  private async compileCell(code: string, count: number): Promise<Compilation> {
    const { workspace, cellFile } = this.project;
    const cell = readCell(this.oxc, code);
    const header = this.scope.header(cell.words, cell.declarations);
    const changes = this.modules.changes();
    const { modules, created } = this.modules.reached(cell.specifiers);
    const changed = [...changes, ...created];
    if (changed.length > 0) await workspace.ask(async (checker) => checker.changedOnDisk(changed));
    workspace.set(cellFile, header + code);
    try {
      const all = await workspace.ask((checker) => checker.diagnostics(cellFile));
      const problems = all.filter(({ range }) => range.start.line > 0);
      const rejected = this.rejection(cell, count, problems) ?? (await this.rejectedModule(modules));
      if (rejected) {
        for (const name of declaredNames(cell)) this.missing.set(name, count);
        return rejected;
      }
      const compilation = await this.emit(cell, count, header);
      this.compiled.set(compilation, { cell, header, count });
      return compilation;
    } catch (error) {
      if (!(error instanceof LanguageServerError)) throw error;
      const message = `${error.message}. The cell was not run; the next one starts the type checker again.`;
      const at = { line: 0, character: 0 };
      return this.reject("TypeScriptError", [diagnostic(code, `cell[${count}]`, at, at, 0, message)]);
    }
  }

  private async commitCell({ cell, header, count }: Compiled): Promise<void> {
    const { workspace, cellFile } = this.project;
    workspace.set(cellFile, header + cell.code);
    const variables = cell.declarations.filter((one): one is VariableDeclaration => one.kind === "variable");
    const types = await this.types(cell, header, variables);
    this.scope.commit(cell, count, types);
    for (const name of declaredNames(cell)) this.missing.delete(name);
    await this.setPrelude();
  }

  /** The checker is quick where one file changes at a time, so it hears of the prelude before the next cell. */
  private async setPrelude(): Promise<void> {
    const { workspace, preludeFile, scratchFile } = this.project;
    workspace.set(preludeFile, this.scope.prelude);
    await workspace.ask((checker) => checker.hover(scratchFile, { line: 0, character: 0 }));
  }

  /** Puts a cell that is being written into the scratch file, and gives the position of an offset in it. */
  private scratch(code: string, offset: number): Position {
    const { words, declarations } = readCell(this.oxc, code);
    const prefix = prefixAt(code, offset);
    const names = [...words, ...this.scope.names().filter((name) => name.startsWith(prefix))];
    const header = this.scope.documentedHeader(new Set(names), declarations);
    this.project.workspace.set(this.project.scratchFile, header + code);
    return positionAt(header + code, header.length + offset);
  }

  private async emit(cell: CellSyntax, count: number, header: string): Promise<Compilation> {
    const sourceUrl = `cell-${count}.ts`;
    const { experimentalDecorators, emitDecoratorMetadata, useDefineForClassFields } = this.project.options;
    const transpiled = await transpile(this.oxc, cell, sourceUrl, {
      experimentalDecorators: experimentalDecorators === true,
      emitDecoratorMetadata: emitDecoratorMetadata === true,
      useDefineForClassFields: useDefineForClassFields !== false,
    });
    const typeOnly = await this.typeOnlyImports(cell, header.length);
    const { endsInExpression } = cell;
    const importMeta = {
      url: pathToFileURL(path.join(this.cwd, sourceUrl)).href,
      filename: path.join(this.cwd, sourceUrl),
      dirname: this.cwd,
    };
    const { js, map } = toReplScript(this.oxc, transpiled, { sourceUrl, typeOnly, endsInExpression, importMeta });
    map.sources = [sourceUrl];
    map.sourcesContent = [cell.code];
    return { ok: true, js, sourceMap: map, sourceUrl, declared: declaredNames(cell), warnings: this.takeWarnings() };
  }

  private async typeOnlyImports(cell: CellSyntax, headerLength: number): Promise<Set<string>> {
    const imports = cell.declarations.filter(
      (one): one is ImportDeclaration => one.kind === "import" && !one.typeOnly && !["*", "="].includes(one.imported),
    );
    if (imports.length === 0) return new Set();
    const { workspace, cellFile } = this.project;
    const offsets = imports.map(({ at }) => headerLength + at);
    const values = await workspace.ask((checker) => checker.areValues(cellFile, offsets));
    return new Set(imports.filter((_, index) => !values[index]).map(({ name }) => name));
  }

  private async types(cell: CellSyntax, header: string, variables: readonly VariableDeclaration[]) {
    const types = new Map<VariableDeclaration, string | undefined>();
    const asked: VariableDeclaration[] = [];
    for (const one of variables) {
      const { annotation, literal } = one.declarator;
      if (annotation && one.declarator.names.length === 1) types.set(one, cell.code.slice(annotation.start, annotation.end));
      else if (literal) types.set(one, undefined);
      else asked.push(one);
    }
    if (asked.length === 0) return types;
    const { workspace, cellFile } = this.project;
    const offsets = asked.map(({ at }) => header.length + at);
    const texts = await workspace.ask((checker) => checker.types(cellFile, offsets));
    for (const [index, one] of asked.entries()) {
      types.set(one, await this.writable(texts[index], cell, variables));
    }
    return types;
  }

  /** The type's text if a declaration in the prelude can use it. */
  private async writable(type: string | undefined, cell: CellSyntax, variables: readonly VariableDeclaration[]) {
    if (type === undefined) return undefined;
    const names = namesInType(this.oxc, type);
    if (!names) return undefined;
    const own = new Set(declaredNames(cell));
    const variableNames = new Set(variables.map(({ name }) => name));
    if ([...names.values].some((name) => variableNames.has(name))) return undefined;
    const unknown = [...names.types, ...names.values].filter((name) => !own.has(name) && !this.scope.has(name));
    if (unknown.length === 0) return type;
    const { workspace, cellFile } = this.project;
    const globals = await workspace.ask((checker) => checker.globals(cellFile, unknown));
    return unknown.every((name) => globals.has(name)) ? type : undefined;
  }

  /** The errors of the cell itself, if there are any. */
  private rejection(cell: CellSyntax, count: number, problems: readonly Problem[]): RejectedCell | undefined {
    const place = `cell[${count}]`;
    const isSyntax = cell.errors.length > 0;
    if (isSyntax && isJsx(this.oxc, cell.code)) return this.reject("SyntaxError", [jsxError(cell, place)]);
    const shown = isSyntax ? problems.filter(({ code = 0 }) => code > 0 && code < 2000) : problems;
    if (shown.length > 0) {
      const found = shown.map(({ range, code = 0, message }) => {
        const [start, end] = [range.start, range.end].map(({ line, character }) => ({ line: line - 1, character }));
        return diagnostic(cell.code, place, start!, end!, code, this.explain(code, message));
      });
      return this.reject(isSyntax ? "SyntaxError" : "TypeScriptError", found);
    }
    if (!isSyntax) return undefined;
    const found = cell.errors.map(({ message, start, end }) =>
      diagnostic(cell.code, place, positionAt(cell.code, start), positionAt(cell.code, end), 0, message),
    );
    return this.reject("SyntaxError", found);
  }

  /** The errors of the local modules that the cell imports, directly or not. */
  private async rejectedModule(modules: readonly string[]): Promise<RejectedCell | undefined> {
    const found: CellDiagnostic[] = [];
    for (const file of modules.filter(isTypeScript)) {
      const problems = await this.project.workspace.ask((checker) => checker.moduleDiagnostics(file));
      if (problems.length === 0) continue;
      const text = readFileSync(file, "utf8");
      const place = path.relative(this.cwd, file);
      for (const { pos, end, code, text: message } of problems) {
        found.push(diagnostic(text, place, positionAt(text, pos), positionAt(text, end), code, message));
      }
    }
    return found.length > 0 ? this.reject("TypeScriptError", found) : undefined;
  }

  /** Says what a message of the checker means in a notebook. */
  private explain(code: number, message: string): string {
    const text = plainNames(message, (block) => this.scope.cellOf(block));
    const name = cannotFindName.has(code) ? /'([^']+)'/.exec(message)?.[1] : undefined;
    const count = name === undefined ? undefined : this.missing.get(name);
    return count === undefined ? text : `${text} '${name}' is declared in cell[${count}], which did not run because of an error.`;
  }

  private reject(ename: RejectedCell["ename"], diagnostics: readonly CellDiagnostic[]): RejectedCell {
    const warnings = this.takeWarnings();
    return { ok: false, ename, diagnostics: diagnostics.slice(0, shownDiagnostics), total: diagnostics.length, warnings };
  }

  /** Each warning is given once. */
  private takeWarnings(): readonly string[] {
    const { warnings } = this;
    this.warnings = [];
    return warnings;
  }
}

/** Whether code that is no TypeScript would be with JSX. */
function isJsx(oxc: Oxc, code: string): boolean {
  return oxc.parse("cell.tsx", code, { sourceType: "module", lang: "tsx" }).errors.length === 0;
}

function jsxError({ code, errors }: CellSyntax, place: string): CellDiagnostic {
  const at = positionAt(code, errors[0]?.start ?? 0);
  return diagnostic(code, place, at, at, 0, "JSX is not supported in cells. Build the HTML as text and show it with display().");
}

/** "Cannot find name", with and without a suggestion. */
const cannotFindName = new Set([2304, 2503, 2552, 18004]);

function declaredNames(cell: CellSyntax): string[] {
  return [...new Set(cell.declarations.flatMap((one) => (one.kind === "augmentation" ? [] : one.name)))];
}
