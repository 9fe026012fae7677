import { relative } from "node:path";
import { inspect } from "node:util";
import { excerpt } from "../excerpt";
import type { ErrorContent } from "../protocol";
import { propertiesOf } from "./error-properties";
import { type Location, originalLocation, sourceOf } from "./stack-traces";

const RED = "\x1b[31m";
const BOLD = "\x1b[1m";
const DIM = "\x1b[2m";
const RESET = "\x1b[0m";

const MAX_FRAMES = 30;
const MAX_CAUSES = 8;
const LINES_AROUND = 2;

/**
 * What is told of anything that was thrown: name, message, the place in the user's own lines, the stack, causes.
 * Never throws, whatever was thrown.
 * @param place where V8 found a syntax error, which has no stack
 */
export function describeError(
  thrown: unknown,
  place?: { script: string; line: number; column: number },
): ErrorContent {
  try {
    if (!isError(thrown)) return describeThrownValue(thrown, place);
    const ename = text(() => thrown.name) || "Error";
    const evalue = text(() => thrown.message);
    return { ename, evalue, traceback: traceback(thrown, place, 0) };
  } catch {
    const evalue = "the thrown value cannot be shown: its own getters throw";
    return { ename: "Error", evalue, traceback: [`${RED}${BOLD}Error${RESET}: ${evalue}`] };
  }
}

/** One line in red, for an error that has no place in the user's text. */
export function plainError(ename: string, evalue: string): ErrorContent {
  return { ename, evalue, traceback: [`${RED}${BOLD}${ename}${RESET}: ${evalue}`] };
}

/** The lines around a place, with a caret under it, as the type checker's errors have them. */
export function codeFrame({ file, line, column }: Location): string[] {
  const lines = sourceOf(file)?.split("\n");
  if (!lines || line > lines.length) return [];
  const first = Math.max(1, line - LINES_AROUND);
  const last = Math.min(lines.length, line + LINES_AROUND);
  const width = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const { text: code, cut } = excerpt(lines[number - 1]!, column - 1);
    const gutter = `${String(number).padStart(width)} | `;
    if (number !== line) {
      frame.push(`${DIM}  ${gutter}${code}${RESET}`);
      continue;
    }
    const indent = code.slice(0, column - 1 - cut).replace(/[^\t]/g, " ");
    frame.push(`${RED}>${RESET} ${DIM}${gutter}${RESET}${code}`);
    frame.push(`  ${DIM}${" ".repeat(width)} | ${RESET}${indent}${RED}^${RESET}`);
  }
  return frame;
}

function isError(thrown: unknown): thrown is Error {
  if (typeof thrown !== "object" || thrown === null) return false;
  try {
    return (
      thrown instanceof Error ||
      (typeof (thrown as Error).stack === "string" && typeof (thrown as Error).message === "string")
    );
  } catch {
    return false;
  }
}

function describeThrownValue(
  thrown: unknown,
  place?: { script: string; line: number; column: number },
): ErrorContent {
  const evalue = shown(thrown);
  const header = `${RED}${BOLD}Thrown${RESET}: ${evalue}`;
  return { ename: "Thrown", evalue, traceback: [header, ...(place ? located(place) : [])] };
}

function located({ script, line, column }: { script: string; line: number; column: number }): string[] {
  const location = originalLocation(script, line, column);
  const frame = codeFrame(location);
  return frame.length > 0 ? [`${location.file}:${location.line}:${location.column}`, ...frame] : [];
}

function traceback(error: Error, place: Parameters<typeof located>[0] | undefined, depth: number): string[] {
  const name = text(() => error.name) || "Error";
  const lines = [`${RED}${BOLD}${name}${RESET}: ${text(() => error.message)}`];
  const frames = stackFrames(error);
  const own = frames.map(locationOf).find((location) => location && sourceOf(location.file) !== undefined);
  if (own) lines.push(`${own.file}:${own.line}:${own.column}`, ...codeFrame(own));
  else if (place) lines.push(...located(place));
  lines.push(...frames.slice(0, MAX_FRAMES).map((frame) => `${DIM}    at ${frame}${RESET}`));
  if (frames.length > MAX_FRAMES) lines.push(`${DIM}    … ${frames.length - MAX_FRAMES} more${RESET}`);
  const properties = text(() => propertiesOf(error));
  if (properties !== "") lines.push(...properties.split("\n"));
  lines.push(...related(error, depth));
  return lines;
}

/** `cause`, and the errors of an AggregateError. */
function related(error: Error, depth: number): string[] {
  if (depth >= MAX_CAUSES) return [];
  const lines: string[] = [];
  const add = (title: string, value: unknown): void => {
    const told = isError(value) ? traceback(value, undefined, depth + 1) : [shown(value)];
    lines.push(`${BOLD}${title}:${RESET}`, ...told.map((line) => `  ${line.replaceAll("\n", "\n  ")}`));
  };
  const errors = attempt(() => (error as AggregateError).errors);
  if (Array.isArray(errors)) {
    for (const [index, value] of errors.slice(0, MAX_CAUSES).entries())
      add(`Error ${index + 1} of ${errors.length}`, value);
  }
  const cause = attempt(() => error.cause);
  if (cause !== undefined && cause !== error) add("Caused by", cause);
  return lines;
}

function stackFrames(error: Error): string[] {
  return text(() => error.stack)
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.replace(/^\s+at /, ""));
}

/** The place in a line of a stack: `f (cell[3]:2:5)` or `cell[3]:2:5`. */
function locationOf(frame: string): Location | undefined {
  const match = /(?:^|\()([^()]+):(\d+):(\d+)\)?$/.exec(frame);
  return match ? { file: match[1]!, line: Number(match[2]), column: Number(match[3]) } : undefined;
}

/** A path as a reader of the notebook would write it. */
export function displayPath(path: string, folder: string): string {
  const short = relative(folder, path);
  return short === "" || short.startsWith("..") ? path : `./${short}`;
}

function shown(value: unknown): string {
  try {
    return inspect(value);
  } catch {
    return text(() => Object.prototype.toString.call(value)) || typeof value;
  }
}

function text(read: () => unknown): string {
  const value = attempt(read);
  try {
    return value === undefined || value === null ? "" : String(value);
  } catch {
    return "";
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
