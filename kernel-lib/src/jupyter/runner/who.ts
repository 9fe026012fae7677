import { DISPLAY, type KernelHost } from "../host";
import { formatNow } from "./display";
import { htmlTable } from "./display/html";
import { oneLine, peek } from "./display/text";

/** A name that cells have declared, its type, and how to read it. */
export type Named = readonly [name: string, type: string, read: () => unknown];

const LONGEST = 60;

/** What `%who` calls: shows names with their types and, in short, their values. */
export function createWho(host: KernelHost) {
  return function who(variables: readonly Named[]): void {
    const rows = variables.flatMap(([name, type, read]) => {
      const value = valueInShort(read);
      return value === undefined
        ? []
        : { label: name, cells: [type.replace(/\s+/g, " "), value].map(shorten) };
    });
    if (rows.length === 0) {
      host.display({ "text/plain": "There are no variables." });
      return;
    }
    const caption = `${rows.length} ${rows.length === 1 ? "name" : "names"}`;
    const columns = ["type", "value"];
    const html = htmlTable({ caption, columns, rows, words: new Set([0, 1]) });
    const lines = [["name", ...columns], ...rows.map(({ label, cells }) => [label, ...cells])];
    const widths = [0, 1].map((column) => Math.max(...lines.map((line) => line[column]!.length)));
    const text = lines.map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
    host.display({ "text/plain": text.join("\n"), "text/html": html });
  };
}

/** A table, a tensor or a matrix by its title, all else by its text in one line; nothing of a mere type. */
function valueInShort(read: () => unknown): string | undefined {
  let value: unknown;
  try {
    value = read();
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return oneLine(value);
  return titleOf(value) ?? oneLine(value);
}

/** The caption of its table, or the first line of the text that it chose itself. */
function titleOf(value: object): string | undefined {
  try {
    const { "text/html": html, "text/plain": text } = formatNow(value);
    const caption = /^<div role="region" aria-label="([^"]*)"/.exec(String(html))?.[1];
    return caption ?? (peek(value, DISPLAY) ? String(text).split("\n")[0] : undefined);
  } catch {
    return undefined;
  }
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
