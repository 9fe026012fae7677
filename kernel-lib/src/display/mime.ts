import { inspect } from "node:util";

/** What a Jupyter front end shows: one representation for each MIME type; it picks the richest it knows. */
export type MimeBundle = Record<string, unknown>;

/** The key of a value's own way to be shown. */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display") as never;

/** A value with this method chooses how a notebook shows it (the convention of Deno's kernel). */
export interface Displayable {
  [displaySymbol](): MimeBundle;
}

export function isDisplayable(value: unknown): value is Displayable {
  return (
    value !== null && typeof value === "object" && typeof Reflect.get(value, displaySymbol) === "function"
  );
}

/** The bundle of `value`: its own if it is displayable, else plain text (strings as they are). */
export function toBundle(value: unknown): MimeBundle {
  if (isDisplayable(value)) return value[displaySymbol]();
  return { "text/plain": typeof value === "string" ? value : inspect(value, { depth: 4, breakLength: 100 }) };
}
