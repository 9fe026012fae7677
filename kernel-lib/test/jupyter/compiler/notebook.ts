import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { openCompiler } from "../../../src/jupyter/compiler/compiler";
import { startChecker } from "../../../src/jupyter/compiler/start";
import type { Compilation, CompiledCell, Compiler, RejectedCell } from "../../../src/jupyter/compiler/types";
import { DISPLAY } from "../../../src/jupyter/host";
import { createDeclared, missingNamesScript } from "../../../src/jupyter/runner/declared";
import { createImporter, type Importer } from "../../../src/jupyter/runner/imports";
import * as lowered from "../../../src/jupyter/runner/lowered";

/** What a cell came to: its value, what it threw, or why it was not run. */
export interface Outcome {
  value?: unknown;
  thrown?: string;
  rejected?: RejectedCell;
  compilation: Compilation;
}

/** A call of `__kernelImport`. */
export type ImportCall = [specifier: string, kind: string, attributes?: Record<string, string>];

/** A notebook in a folder of its own, whose cells are really evaluated in V8's REPL mode. */
export class Notebook {
  private count = 0;
  private readonly session = new Session();
  private readonly importer: Importer;
  readonly imports: ImportCall[] = [];

  private constructor(
    readonly folder: string,
    readonly compiler: Compiler,
  ) {
    this.importer = createImporter(folder, {});
  }

  /** @param files names and texts of the files that the folder has */
  static async open(files: Record<string, string> = {}, folder = emptyFolder()): Promise<Notebook> {
    for (const [name, text] of Object.entries(files)) write(folder, name, text);
    const notebook = new Notebook(folder, await openCompiler(startChecker(folder)));
    notebook.session.connect();
    const global = globalThis as Record<string, unknown>;
    global.__kernelImport = (...call: ImportCall) => notebook.import(call);
    global.__kernelUsing = (value: unknown) => value;
    Object.assign(global, lowered);
    global.__kernelDeclared = createDeclared();
    Object.assign(global, notebook.importer.commonJs);
    return notebook;
  }

  write(name: string, text: string): void {
    write(this.folder, name, text);
  }

  /** Compiles, runs and commits a cell. */
  async run(code: string): Promise<Outcome> {
    this.count += 1;
    const compilation = await this.compiler.compile(code, { count: this.count });
    if (!compilation.ok) return { rejected: compilation, compilation };
    const result = await this.evaluate(compilation.js);
    if (result.thrown === undefined) await this.compiler.commit(compilation);
    else
      await this.compiler.commit(compilation, {
        failure: "threw",
        undeclared: await this.undeclared(compilation),
      });
    return { ...result, compilation };
  }

  private async undeclared({ bindings, again }: CompiledCell): Promise<string[]> {
    const display = `[Symbol.for(${JSON.stringify(Symbol.keyFor(DISPLAY))})]()["application/json"]`;
    const { value } = await this.evaluate(`${missingNamesScript(bindings, again)}${display}`);
    return value as string[];
  }

  /** The value of a cell that must run. */
  async value(code: string): Promise<unknown> {
    const outcome = await this.run(code);
    if (outcome.rejected) throw new Error(messages(outcome.rejected).join("\n"));
    if (outcome.thrown !== undefined) throw new Error(outcome.thrown);
    return outcome.value;
  }

  /** `TS2322 cell[1]:1:7 message` of each error of a cell that must not run. */
  async errors(code: string): Promise<string[]> {
    const { rejected } = await this.run(code);
    if (!rejected) throw new Error(`the cell ran: ${code}`);
    return messages(rejected);
  }

  async close(): Promise<void> {
    this.session.disconnect();
    await this.compiler.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private evaluate(expression: string): Promise<{ value?: unknown; thrown?: string }> {
    return new Promise((resolve, reject) => {
      const parameters = { expression, replMode: true, awaitPromise: true };
      this.session.post("Runtime.evaluate", parameters, (error, reply) => {
        if (error) return reject(error);
        const { exceptionDetails, result } = reply as {
          exceptionDetails?: { text: string; exception?: { description?: string } };
          result: { objectId?: string; value?: unknown };
        };
        if (exceptionDetails) {
          return resolve({ thrown: exceptionDetails.exception?.description ?? exceptionDetails.text });
        }
        if (result.objectId === undefined) return resolve({ value: result.value });
        const functionDeclaration = "function () { return JSON.parse(JSON.stringify(this)); }";
        const call = { objectId: result.objectId, functionDeclaration, returnByValue: true };
        this.session.post("Runtime.callFunctionOn", call, (_, json) =>
          resolve({ value: (json as { result: { value: unknown } }).result.value }),
        );
      });
    });
  }

  private import(call: ImportCall): Promise<unknown> {
    this.imports.push(call);
    return this.importer.importModule(call[0]);
  }
}

/** The line and column of a cell from which a line and column of its script come; all count from 1. */
export function originOf(
  compilation: Compilation,
  line: number,
  column: number,
): { line: number; column: number } {
  if (!compilation.ok) throw new Error("the cell did not compile");
  const entry = new SourceMap(compilation.sourceMap).findEntry(line - 1, column - 1);
  if (!("originalLine" in entry)) throw new Error(`nothing at ${line}:${column}`);
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

export function messages({ diagnostics }: RejectedCell): string[] {
  return diagnostics.map(({ code, location, message }) => `TS${code} ${location} ${message}`);
}

export function emptyFolder(): string {
  return realpathSync(mkdtempSync(path.join(tmpdir(), "notebook-")));
}

function write(folder: string, name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Opens a notebook in a folder with these files, and closes it at the end. */
export async function withFiles(
  files: Record<string, string>,
  use: (notebook: Notebook) => Promise<void>,
  folder?: string,
): Promise<void> {
  const notebook = await Notebook.open(files, folder);
  try {
    await use(notebook);
  } finally {
    await notebook.close();
  }
}
