import type { EmitOptions } from "./emit-options";

/** The execution counter of a cell: the N of `cell[N]`. */
export interface CellId {
  readonly count: number;
}

/** An error in a cell, or in a local module that it imports. Lines and columns count from 1, in UTF-16 code units. */
export interface CellDiagnostic {
  /** TypeScript's error number, or 0 for a syntax error found by the parser. */
  readonly code: number;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The lines around the error with a caret under it, without colours. */
  readonly frame: string;
  /** `cell[3]:2:5`, or `file.ts:2:5` for an imported module. */
  readonly location: string;
}

/** A cell that may run. */
export interface CompiledCell {
  readonly ok: true;
  /** A script for `Runtime.evaluate` in REPL mode; its completion value is the cell's result. */
  readonly js: string;
  /** Source map (version 3) from `js` to the cell. */
  readonly sourceMap: SourceMapPayload;
  /** The script's name in stack traces. */
  readonly sourceUrl: string;
  /** How its code was emitted, as that of the local modules which it imports is to be. */
  readonly emitOptions: EmitOptions;
  /** The names that the cell declares. */
  readonly declared: readonly string[];
  /** Those of them that it declares as it runs, unlike types. */
  readonly bindings: readonly string[];
  /** Those of its `bindings` that earlier cells have declared too. */
  readonly again: readonly string[];
  /** What the user should know although the cell runs, e.g. a broken tsconfig.json. */
  readonly warnings: readonly string[];
}

/** A cell that must not run. */
export interface RejectedCell {
  readonly ok: false;
  readonly ename: "TypeScriptError" | "SyntaxError";
  /** Sorted by position; at most 20. */
  readonly diagnostics: readonly CellDiagnostic[];
  /** All errors, also those beyond the first 20. */
  readonly total: number;
  readonly warnings: readonly string[];
}

export type Compilation = CompiledCell | RejectedCell;

export interface SourceMapPayload {
  version: number;
  file: string;
  sources: string[];
  sourcesContent: string[];
  names: string[];
  mappings: string;
  sourceRoot: string;
}

export interface CompletionMatch {
  readonly text: string;
  /** `function`, `class`, `instance`, `keyword` …, for JupyterLab's icons. */
  readonly kind: string;
}

export interface Completion {
  readonly matches: readonly CompletionMatch[];
  /** The part of the code that a match replaces, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** A name with a value; `type` is written as in TypeScript. */
export interface Variable {
  readonly name: string;
  readonly type: string;
}

export interface Inspection {
  readonly plain: string;
  readonly markdown: string;
}

export interface Completeness {
  readonly status: "complete" | "incomplete" | "invalid" | "unknown";
  /** Indentation of the next line where the status is `incomplete`. */
  readonly indent?: string;
}

/** How a cell failed, and which of its `bindings` it had not declared by then. */
export interface Failed {
  readonly failure: "threw" | "was interrupted";
  readonly undeclared: readonly string[];
}

/** The part of the kernel that knows TypeScript. Offsets are UTF-16 code units. */
export interface Compiler {
  /** Checks a cell against everything that earlier cells declared, and turns it into JavaScript. */
  compile(code: string, cell: CellId): Promise<Compilation>;
  /** Makes the cell's names visible to later cells, after it ran; when it failed, those that it had declared. */
  commit(compilation: Compilation, failed?: Failed): Promise<void>;
  /** Takes note of a cell that was not run because the cell with this execution count had failed. */
  skip(code: string, failed: CellId): void;
  /** Why there is no such name, where a cell would have declared it had it not failed. */
  explain(name: string, asking: CellId): string | undefined;
  /** The names that earlier cells declared. */
  names(): readonly string[];
  /** Those of them that have a value, with its type. */
  variables(): Promise<readonly Variable[]>;
  complete(code: string, offset: number): Promise<Completion>;
  inspect(code: string, offset: number): Promise<Inspection | undefined>;
  isComplete(code: string): Promise<Completeness>;
  /** Ends what the type checker is doing: who waits for it is told so, and the next cell gets a new checker. */
  abandon(): Promise<void>;
  /** Has the type checker free what it no longer needs: at a time when nobody waits for it. */
  collectGarbage(): void;
  /** Forgets all names of earlier cells. */
  forget(): Promise<void>;
  close(): Promise<void>;
}
