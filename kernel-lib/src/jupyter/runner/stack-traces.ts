import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, sep } from "node:path";
import { writtenNames } from "../global-names";

/** A place in the user's own text; lines and columns count from 1. */
export type Location = { file: string; line: number; column: number };

/** The text that a generated script was made from. */
export type Original = { file: string; source: string; sourceMap: SourceMapPayload };

/** The kernel's own code, and what it lends to cells. */
const KERNEL_FOLDERS = [dirname(__dirname), dirname(require.resolve("tslib"))].map((folder) => folder + sep);
type Decoded = Original & { decoded?: SourceMap };

const originals = new Map<string, Decoded>();
const sources = new Map<string, string>();

/** Says what a generated script was made from. The map is decoded only when an error needs it. */
export function registerScript(script: string, original: Original): void {
  originals.set(script, original);
  registerSource(original.file, original.source);
}

/** Gives the text of a file that errors point at, for their code frames. */
export function registerSource(file: string, source: string): void {
  sources.set(file, source);
}

/** The user's text of a cell or local module, by the name that stack traces give it. */
export function sourceOf(file: string): string | undefined {
  return sources.get(file);
}

/** Where a place in a generated script comes from, or the place itself in any other. */
export function originalLocation(script: string, line: number, column: number): Location {
  const original = originals.get(script);
  if (!original) return { file: script, line, column };
  original.decoded ??= new SourceMap(original.sourceMap);
  const entry = original.decoded.findEntry(line - 1, column - 1);
  if (!("originalLine" in entry)) return { file: original.file, line, column };
  return { file: original.file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

/** Gives every error of user code a `stack` in lines of cells and local modules, without the kernel's own frames. */
export function mapStackTraces(): void {
  Error.prepareStackTrace = (error, frames) => {
    const oldestOwn = frames.findLastIndex((frame) => originals.has(scriptOf(frame)));
    const shown =
      oldestOwn < 0
        ? frames.filter((frame) => !/^node:/.test(scriptOf(frame)) && !isHidden(frame))
        : frames.slice(0, oldestOwn + 1).filter((frame) => !isHidden(frame));
    return header(error) + shown.map((frame) => `\n    at ${describe(frame)}`).join("");
  };
}

function scriptOf(frame: NodeJS.CallSite): string {
  return frame.getScriptNameOrSourceURL() ?? "";
}

/** Frames of the kernel, of Node.js' internals, and of the helpers that transpiling adds to a cell or module. */
function isHidden(frame: NodeJS.CallSite): boolean {
  const script = scriptOf(frame);
  if (KERNEL_FOLDERS.some((folder) => script.startsWith(folder))) return true;
  if (/^node:(internal|inspector|vm)\b/.test(script)) return true;
  const original = originals.get(script);
  return (
    original !== undefined && !isMapped(original, frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1)
  );
}

function isMapped(original: Decoded, line: number, column: number): boolean {
  original.decoded ??= new SourceMap(original.sourceMap);
  return "originalLine" in original.decoded.findEntry(line - 1, column - 1);
}

function describe(frame: NodeJS.CallSite): string {
  const script = scriptOf(frame);
  if (!originals.has(script)) return String(frame);
  const { file, line, column } = originalLocation(
    script,
    frame.getLineNumber() ?? 1,
    frame.getColumnNumber() ?? 1,
  );
  const place = `${file}:${line}:${column}`;
  const name = callee(frame);
  return name === undefined ? place : `${name} (${place})`;
}

function callee(frame: NodeJS.CallSite): string | undefined {
  const method = writtenNames(frame.getFunctionName() ?? frame.getMethodName() ?? "");
  if (method === "") return undefined;
  const type = frame.isToplevel() || frame.isConstructor() ? undefined : frame.getTypeName();
  const owner = type && type !== "Object" && !method.startsWith(`${type}.`) ? `${type}.` : "";
  return `${frame.isAsync() ? "async " : ""}${frame.isConstructor() ? "new " : ""}${owner}${method}`;
}

function header(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}
