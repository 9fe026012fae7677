import type { Oxc } from "./oxc";
import { lineBreak } from "./positions";
import type { Completeness } from "./types";

/**
 * Whether a cell can be run as it is, needs more lines, or can't become right by adding lines.
 *
 * The parser says where it stopped: where that is the end of the code, or something that began before has no end,
 * more lines may help.
 */
export function completeness(oxc: Oxc, code: string): Completeness {
  const { errors } = oxc.parse("cell.ts", code, { sourceType: "module", lang: "ts" });
  const [error] = errors;
  if (error === undefined) return { status: "complete" };
  const end = code.trimEnd().length;
  const start = error.labels[0]?.start ?? 0;
  const continues = start >= end || isOpen(error.message, code.charAt(start)) || code.endsWith("\\");
  return continues ? { status: "incomplete", indent: indentation(code) } : { status: "invalid" };
}

/** A template or a comment without its end; a string or a regular expression can't go on in the next line. */
function isOpen(message: string, first: string): boolean {
  return /^Unterminated/.test(message) && (first === "`" || first === "}" || /comment/.test(message));
}

/** The last line's indentation, one step deeper after an open bracket. */
function indentation(code: string): string {
  const lines = code.trimEnd().split(lineBreak);
  const last = lines.at(-1) ?? "";
  const step = lines.map((line) => /^\s+/.exec(line)?.[0]).find((indent) => indent !== undefined) ?? "  ";
  const current = /^\s*/.exec(last)?.[0] ?? "";
  return /[{([]$|=>$/.test(last) ? current + step : current;
}
