import { completeness } from "./completeness";
import { complete, prefixAt } from "./completion";
import { type CellSyntax, declaredNames, readCell } from "./declarations";
import { diagnostic, plainNames, shownDiagnostics } from "./diagnostics";
import { emit } from "./emit";
import { cellErrors, moduleErrors } from "./errors";
import { inspection } from "./inspection";
import { LanguageServerError } from "./language-server";
import { LocalModules } from "./local-modules";
import { loadOxc, type Oxc } from "./oxc";
import { positionAt } from "./positions";
import { openProject, type Project } from "./project";
import type { Position } from "./protocol";
import { Queue } from "./queue";
import { Scope, type TypeTexts } from "./scope";
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
import { variableTypes } from "./variable-types";

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
  const scope = new Scope();
  const [oxc, project] = await Promise.all([
    loadOxc(),
    openProject(cwd, scope.prelude, scope.header(new Set(), [])),
  ]);
  return new CellCompiler(oxc, cwd, project, scope);
}

/** What `commit` needs to know of a compiled cell. */
interface Compiled {
  readonly cell: CellSyntax;
  readonly count: number;
  /** The types of its variables, which the checker tells while the cell runs. */
  readonly types: Promise<TypeTexts>;
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
      return complete(
        code,
        offset,
        await workspace.ask((checker) => checker.completions(scratchFile, position)),
      );
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
      this.scope = new Scope();
      this.missing.clear();
      await this.updatePrelude();
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
      const own = cellErrors(this.oxc, cell, count, problems, (number, message) =>
        this.explain(number, message),
      );
      const errors = own.length > 0 ? own : await moduleErrors(this.project, this.cwd, modules);
      if (errors.length > 0) {
        for (const name of declaredNames(cell)) this.missing.set(name, count);
        return this.reject(cell.errors.length > 0 ? "SyntaxError" : "TypeScriptError", errors);
      }
      const emitted = await emit(this.oxc, this.cwd, this.project, cell, count, header);
      const compilation = { ...emitted, warnings: this.takeWarnings() };
      const { oxc, project, scope } = this;
      const types = this.cells
        .add(() => variableTypes(oxc, project, scope, cell, header))
        .catch(() => new Map());
      this.compiled.set(compilation, { cell, count, types });
      return compilation;
    } catch (error) {
      const isSyntax = error instanceof SyntaxError;
      if (!isSyntax && !(error instanceof LanguageServerError)) throw error;
      const message = isSyntax
        ? error.message
        : `${error.message}. The cell was not run; the next one starts the type checker again.`;
      const at = { line: 0, character: 0 };
      const ename = isSyntax ? "SyntaxError" : "TypeScriptError";
      return this.reject(ename, [diagnostic(code, `cell[${count}]`, at, at, 0, message)]);
    }
  }

  private async commitCell({ cell, count, types }: Compiled): Promise<void> {
    this.scope.commit(cell, count, await types);
    for (const name of declaredNames(cell)) this.missing.delete(name);
    // Not awaited: the next cell waits for it by its place in the queue.
    this.cells.add(() => this.updatePrelude()).catch(() => undefined);
  }

  /** The checker is quick where one file changes at a time, so it hears of the prelude before the next cell. */
  private async updatePrelude(): Promise<void> {
    const { workspace, scratchFile } = this.project;
    for (const [name, text] of this.scope.prelude) workspace.set(workspace.file(name), text);
    await workspace.ask((checker) => checker.update(scratchFile));
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

  /** Says what a message of the checker means in a notebook. */
  private explain(code: number, message: string): string {
    const text = plainNames(message, (block) => this.scope.cellOf(block));
    const name = cannotFindName.has(code) ? /'([^']+)'/.exec(message)?.[1] : undefined;
    const count = name === undefined ? undefined : this.missing.get(name);
    return count === undefined
      ? text
      : `${text} '${name}' is declared in cell[${count}], which did not run because of an error.`;
  }

  private reject(ename: RejectedCell["ename"], diagnostics: readonly CellDiagnostic[]): RejectedCell {
    const warnings = this.takeWarnings();
    return {
      ok: false,
      ename,
      diagnostics: diagnostics.slice(0, shownDiagnostics),
      total: diagnostics.length,
      warnings,
    };
  }

  /** Each warning is given once. */
  private takeWarnings(): readonly string[] {
    const { warnings } = this;
    this.warnings = [];
    return warnings;
  }
}

/** "Cannot find name", with and without a suggestion. */
const cannotFindName = new Set([2304, 2503, 2552, 18004]);
