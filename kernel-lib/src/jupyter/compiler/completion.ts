import { isInternal } from "./prelude";
import type { CompletionItem } from "./protocol";
import type { Completion } from "./types";

/** What the kinds of the language server protocol are called in JupyterLab's list of completions. */
const kinds: Readonly<Record<number, string>> = {
  2: "method",
  3: "function",
  4: "class",
  5: "property",
  6: "instance",
  7: "class",
  8: "interface",
  9: "module",
  10: "property",
  13: "enum",
  14: "keyword",
  17: "path",
  19: "path",
  20: "enum",
  21: "constant",
  22: "class",
  25: "type",
};

/** A longer name is not completed: the search for its beginning takes time with the square of the length. */
const longestName = 500;

/** The part of the code before the cursor that may be the beginning of a name. */
export function prefixAt(code: string, offset: number): string {
  const before = code.slice(Math.max(0, offset - longestName), offset);
  return /#?[\p{ID_Continue}$\u200c\u200d]*$/u.exec(before)?.[0] ?? "";
}

/**
 * Completions that continue what stands before the cursor, the nearest scope's first.
 *
 * @param items what the checker offers at the offset
 */
export function complete(code: string, offset: number, items: readonly CompletionItem[]): Completion {
  const start = startOfReplacement(code, offset, items);
  const prefix = code.slice(start, offset);
  const fits = (text: string) => text.toLowerCase().startsWith(prefix.toLowerCase());
  const rank = ({ text, sort }: { text: string; sort: string }) =>
    `${text.startsWith(prefix) ? 0 : 1}${sort}`;
  const found = items
    .map((item) => ({
      text: item.textEdit?.newText ?? item.insertText ?? item.label,
      kind: kinds[item.kind ?? 0] ?? "text",
      sort: `${item.kind === 14 ? "16" : item.sortText}`,
    }))
    .filter(({ text }) => fits(text) && !isInternal(text))
    .sort((a, b) => compare(rank(a), rank(b)) || compare(a.text, b.text));
  return { matches: found.map(({ text, kind }) => ({ text, kind })), start, end: offset };
}

/** In a string, as in an import's path, the checker says what every item replaces; elsewhere it is a name. */
function startOfReplacement(code: string, offset: number, items: readonly CompletionItem[]): number {
  const range = items[0]?.textEdit?.range;
  if (range === undefined || !items.every(({ textEdit }) => textEdit))
    return offset - prefixAt(code, offset).length;
  const lineStart = Math.max(code.lastIndexOf("\n", offset - 1), code.lastIndexOf("\r", offset - 1)) + 1;
  return Math.min(offset, lineStart + range.start.character);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
