import { inspect, types } from "node:util";
import { DISPLAY } from "../host";
import type { MimeBundle } from "../protocol";
import { tableOf } from "./tables";

/**
 * How a value is shown: its own `[Symbol.for("Jupyter.display")]()`, a table where it is one, and its text.
 * Throws what the value's own methods throw.
 */
export function format(value: unknown): MimeBundle {
  const custom = customBundle(value);
  if (custom) return custom;
  const { html, text = inspect(value) } = tableOf(value) ?? {};
  return html === undefined ? { "text/plain": text } : { "text/plain": text, "text/html": html };
}

/** A MIME bundle as JSON, with binary representations (pictures, PDF) in base64, as the protocol wants them. */
export function encode(bundle: MimeBundle): string {
  const encoded: MimeBundle = {};
  for (const [type, data] of Object.entries(bundle)) {
    if (data === undefined) continue;
    if (types.isAnyArrayBuffer(data)) encoded[type] = Buffer.from(data as ArrayBuffer).toString("base64");
    else if (data instanceof Uint8Array)
      encoded[type] = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
    else if (isJsonType(type) || typeof data === "string") encoded[type] = data;
    else
      throw new TypeError(
        `display: ${type}: expected a string or Uint8Array, got ${inspect(data, { depth: 0 })}`,
      );
  }
  return JSON.stringify(encoded);
}

function customBundle(value: unknown): MimeBundle | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  const method = (value as Record<symbol, unknown>)[DISPLAY];
  if (typeof method !== "function") return undefined;
  const bundle: unknown = method.call(value);
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle) || types.isPromise(bundle))
    throw new TypeError(
      `[Symbol.for("Jupyter.display")]: expected a MIME bundle, got ${inspect(bundle, { depth: 0 })}`,
    );
  return bundle as MimeBundle;
}

function isJsonType(type: string): boolean {
  return type === "application/json" || /\+json\b/.test(type);
}
