import { setImmediate as nextTurn } from "node:timers/promises";
import { globalNames, writtenNames } from "../global-names";
import { withAdvice } from "./advice";
import { declaredNames, declaredValues, disposedNames, withoutNames } from "./cell-names";
import { completeness } from "./completeness";
import { type CellSyntax, readCell } from "./declarations";
import { diagnostic, plainNames, shownDiagnostics } from "./diagnostics";
import { emit } from "./emit";
import { cellErrors, moduleErrors } from "./errors";
import { LanguageServerError } from "./language-server";
import { LocalModules } from "./local-modules";
import { MissingNames } from "./missing";
import { tooDeepAt } from "./nesting";
import { loadOxc, type Oxc } from "./oxc";
import type { Project } from "./project";
import { Questions } from "./questions";
import { Queue } from "./queue";
import { Scope, type TypeTexts } from "./scope";
import type { StartedChecker } from "./start";
import type {
  CellDiagnostic,
  CellId,
  Compilation,
  Compiler,
  Completeness,
  Completion,
  Failed,
  Inspection,
  RejectedCell,
  Variable,
} from "./types";
import { variableTypes } from "./variable-types";

/** A compiler for the cells of a notebook, when its checker is ready. */
export async function openCompiler({ scope, opened }: StartedChecker): Promise<Compiler> {
  const [oxc, { project, warnings }] = await Promise.all([loadOxc(), opened]);
  return new CellCompiler(oxc, project, scope, warnings);
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
  private readonly questions: Questions;
  private readonly missing = new MissingNames();
  /** The names of earlier cells that are called like globals. */
  private readonly shadowed = new Set<string>();
  private emptyCell: string;

  constructor(
    private readonly oxc: Oxc,
    private readonly project: Project,
    private scope: Scope,
    private warnings: readonly string[],
  ) {
    this.modules = new LocalModules(oxc, project.cwd);
    this.questions = new Questions(oxc, project);
    this.emptyCell = scope.header(new Set());
  }

  compile(code: string, { count }: CellId): Promise<Compilation> {
    return this.cells.add(() => this.compileCell(code, count));
  }

  commit(compilation: Compilation, failed?: Failed): Promise<void> {
    const compiled = this.compiled.get(compilation);
    if (!compiled || compiled.cell.declarations.length === 0) return Promise.resolve();
    return this.cells.add(() => this.commitCell(compiled, failed));
  }

  skip(code: string, { count }: CellId): void {
    const cell = readCell(this.oxc, code);
    const unknown = declaredNames(cell).filter((name) => this.missing.explain(name) === undefined);
    this.missing.add(cell, count, "was skipped", new Set(unknown));
  }

  explain(name: string, { count }: CellId): string | undefined {
    return this.missing.explain(name, count);
  }

  names(): readonly string[] {
    return this.scope.names();
  }

  variables(): Promise<readonly Variable[]> {
    // After the last cell, so that the checker knows what it declared.
    return this.cells.add(() => this.questions.variables(this.scope));
  }

  complete(code: string, offset: number): Promise<Completion> {
    return this.questions.complete(this.scope, code, offset);
  }

  inspect(code: string, offset: number): Promise<Inspection | undefined> {
    return this.questions.inspect(this.scope, code, offset);
  }

  async isComplete(code: string): Promise<Completeness> {
    return completeness(this.oxc, code);
  }

  forget(): Promise<void> {
    return this.cells.add(async () => {
      this.scope = new Scope();
      this.missing.clear();
      this.shadowed.clear();
      await this.updatePrelude();
    });
  }

  collectGarbage(): void {
    this.project.workspace.collectGarbage();
  }

  async abandon(): Promise<void> {
    await this.project.workspace.close();
  }

  async close(): Promise<void> {
    await this.project.workspace.close();
  }

  private async compileCell(code: string, count: number): Promise<Compilation> {
    const { workspace, cellFile } = this.project;
    const cell = readCell(this.oxc, code);
    // The checker would take seconds, and tell of each bracket.
    if (tooDeepAt(code) !== undefined)
      return this.reject(
        "SyntaxError",
        cellErrors(this.oxc, cell, count, [], (_, message) => message),
      );
    this.warnings = [...this.warnings, ...(await this.project.refresh())];
    const header = this.scope.header(cell.words, cell);
    const changes = this.modules.changes();
    const { modules, created } = this.modules.reached(cell.specifiers, this.project.paths);
    const changed = [...changes, ...created];
    if (changed.length > 0) await workspace.ask(async (checker) => checker.changedOnDisk(changed));
    workspace.set(cellFile, header + code);
    const known = this.scope.among(cell.words);
    const { oxc, project, scope, shadowed } = this;
    const emitCell = () => emit(oxc, project.cwd, project, cell, count, header, known, shadowed);
    try {
      const question = project.cellProblems(cell.specifiers.length > 0 || changed.length > 0);
      // The cell is transpiled while the checker works, except where that asks the checker about imports.
      const emitting = cell.declarations.some(({ kind }) => kind === "import")
        ? undefined
        : nextTurn().then(emitCell);
      emitting?.catch(() => undefined);
      const problems = (await question).filter(({ range }) => range.start.line > 0);
      const own = cellErrors(this.oxc, cell, count, problems, (number, message) =>
        this.inNotebook(number, message),
      );
      const errors = own.length > 0 ? own : await moduleErrors(this.project, this.project.cwd, modules);
      if (errors.length > 0) {
        const isSyntax = cell.errors.length > 0;
        this.missing.add(cell, count, isSyntax ? "did not compile" : "failed the type check");
        return this.reject(isSyntax ? "SyntaxError" : "TypeScriptError", errors);
      }
      const emitted = await (emitting ?? emitCell());
      const compilation = { ...emitted, warnings: this.takeWarnings() };
      const types = this.cells
        .add(() => variableTypes(oxc, project, scope, cell, header))
        .catch(() => new Map());
      this.compiled.set(compilation, { cell, count, types });
      return compilation;
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof LanguageServerError)) throw error;
      const { message: said } = error;
      const isSyntax = error instanceof SyntaxError;
      const message = isSyntax
        ? said
        : `${said}. The cell was not run; the next one starts the type checker again.`;
      const at = { line: 0, character: 0 };
      const ename = isSyntax ? "SyntaxError" : "TypeScriptError";
      return this.reject(ename, [diagnostic(code, `cell[${count}]`, at, at, 0, message)]);
    }
  }

  private async commitCell({ cell, count, types }: Compiled, failed?: Failed): Promise<void> {
    const undeclared = new Set(failed?.undeclared.map(writtenNames));
    const declared = undeclared.size === 0 ? cell : withoutNames(cell, undeclared);
    this.scope.commit(declared, count, await types);
    for (const name of declaredNames(declared)) this.missing.delete(name);
    for (const name of declaredValues(declared)) if (globalNames.has(name)) this.shadowed.add(name);
    if (failed) this.missing.add(cell, count, failed.failure, undeclared);
    const disposed = disposedNames(declared);
    this.scope.remove(disposed);
    this.missing.add(declared, count, "disposed of it", disposed);
    // Not awaited: the next cell waits for it by its place in the queue.
    this.cells.add(() => this.updatePrelude()).catch(() => undefined);
  }

  /** The checker is quick where one file changes at a time, so it hears of the prelude before the next cell. */
  private async updatePrelude(): Promise<void> {
    const { workspace, cellFile, scratchFile } = this.project;
    for (const [name, text] of this.scope.prelude) workspace.set(workspace.file(name), text);
    const emptyCell = this.scope.header(new Set());
    // Other imports make the checker build its program anew: better now than with the next cell.
    if (emptyCell !== this.emptyCell) workspace.set(cellFile, emptyCell);
    this.emptyCell = emptyCell;
    await workspace.ask((checker) => checker.update(scratchFile));
  }

  /** Says what a message of the checker means in a notebook. */
  private inNotebook(code: number, message: string): string {
    const plain = plainNames(message, (block) => this.scope.cellOf(block));
    const text = withAdvice(code, plain, this.project.cwd, this.project.paths);
    const why = this.missing.explainMessage(code, message);
    return why === undefined ? text : `${text.replace(/ Did you mean '[^']*'\?$/, "")} ${why}`;
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
