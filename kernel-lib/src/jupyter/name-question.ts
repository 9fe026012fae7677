import type { Compiler } from "./compiler/types";
import * as editing from "./magics/editing";
import type { Json } from "./protocol";

/** The name that a cell of the form `Math.max?`, which is no TypeScript, asks about. */
export function questionIn(code: string): string | undefined {
  return /^\s*(%{0,2}[\p{ID_Start}$_][\p{ID_Continue}$.]*)\?\s*$/u.exec(code)?.[1];
}

/** What is known of a name, as a page of the front end's pager: a payload of an execute_reply. */
export async function pageAbout(compiler: Compiler, name: string): Promise<Json | undefined> {
  const found = await editing.inspect(compiler, name, name.length);
  if (!found) return undefined;
  const data = { "text/plain": found.plain, "text/markdown": found.markdown };
  return { source: "page", data, start: 0 };
}
