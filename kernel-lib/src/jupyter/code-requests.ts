import type { Compiler } from "./compiler/types";
import * as editing from "./magics/editing";
import { questionIn } from "./name-question";
import type { CodeRequest, Json } from "./protocol";
import { toPoints, toUnits } from "./text-offsets";

/** Completion at the cursor, with kinds for JupyterLab's icons. */
export async function complete(compiler: Compiler, { code, cursor_pos }: CodeRequest): Promise<Json> {
  const { matches, start, end } = await editing.complete(compiler, code, cursor(code, cursor_pos));
  const range = { start: toPoints(code, start), end: toPoints(code, end) };
  return {
    status: "ok",
    matches: matches.map(({ text }) => text),
    cursor_start: range.start,
    cursor_end: range.end,
    metadata: {
      _jupyter_types_experimental: matches.map(({ text, kind }) => ({ text, type: kind, ...range })),
    },
  };
}

/** Type, signature and documentation of what is at the cursor. */
export async function inspect(compiler: Compiler, { code, cursor_pos }: CodeRequest): Promise<Json> {
  const found = await editing.inspect(compiler, code, cursor(code, cursor_pos));
  if (!found) return { status: "ok", found: false, data: {}, metadata: {} };
  const data = { "text/plain": found.plain, "text/markdown": found.markdown };
  return { status: "ok", found: true, data, metadata: {} };
}

/** Whether a console should run the code or ask for another line. */
export async function isComplete(compiler: Compiler, { code }: CodeRequest): Promise<Json> {
  if (questionIn(code) !== undefined) return { status: "complete" };
  const { status, indent } = await editing.isComplete(compiler, code);
  return status === "incomplete" ? { status, indent: indent ?? "" } : { status };
}

function cursor(code: string, points: number | undefined): number {
  return points === undefined ? code.length : toUnits(code, points);
}
