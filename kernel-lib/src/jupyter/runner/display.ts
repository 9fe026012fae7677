import { inspect, types } from "node:util";
import { DISPLAY } from "../host";
import type { MimeBundle } from "../protocol";
import { showError } from "./display/errors";
import { showMathMatrix, showRows } from "./display/matrices";
import { showElement, showSvgText } from "./display/pictures";
import { showFrame, showMap, showRecords } from "./display/tables";
import { showTensor } from "./display/tensors";
import { peek, textOf } from "./display/text";

/** Each shows one kind of object, and gives nothing for all others. */
const KINDS = [showError, showTensor, showFrame, showMathMatrix, showRows, showRecords, showMap, showElement];

/**
 * How a value is shown: by its own `[Symbol.for("Jupyter.display")]()`, as one of the kinds that the kernel knows, or
 * as text. A promise where that method returns one. Throws only what that method throws.
 */
export function format(value: unknown): MimeBundle | Promise<MimeBundle> {
  return customBundle(value) ?? knownKind(value) ?? { "text/plain": textOf(value) };
}

/** How a value is shown where nobody can wait for it. Throws where its own method returns a promise. */
export function formatNow(value: unknown): MimeBundle {
  const bundle = format(value);
  if (!types.isPromise(bundle)) return bundle as MimeBundle;
  bundle.catch(() => {});
  throw new TypeError(
    '[Symbol.for("Jupyter.display")]: expected a MIME bundle here, got a promise: only display and a cell wait for it',
  );
}

function knownKind(value: unknown): MimeBundle | undefined {
  if (typeof value === "string") return showSvgText(value);
  if (typeof value !== "object" || value === null || types.isProxy(value)) return undefined;
  for (const show of KINDS) {
    try {
      const bundle = show(value);
      if (bundle) return bundle;
    } catch {
      // It only looked like one of this kind.
    }
  }
  return undefined;
}

/** A MIME bundle as JSON. */
export function encode(bundle: MimeBundle): string {
  return JSON.stringify(encodable(bundle));
}

/** A MIME bundle with its binary representations (pictures, PDF) in base64, as the protocol wants them. */
export function encodable(bundle: MimeBundle): MimeBundle {
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
  return encoded;
}

function customBundle(value: unknown): MimeBundle | Promise<MimeBundle> | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  const method = peek(value, DISPLAY);
  if (typeof method !== "function") return undefined;
  const bundle: unknown = method.call(value);
  if (isBundle(bundle)) return bundle;
  // A proxy may answer to every name without knowing any.
  if (types.isProxy(value)) return undefined;
  return types.isPromise(bundle) ? bundle.then(checkedBundle) : checkedBundle(bundle);
}

function checkedBundle(bundle: unknown): MimeBundle {
  if (isBundle(bundle)) return bundle;
  throw new TypeError(
    `[Symbol.for("Jupyter.display")]: expected a MIME bundle, got ${inspect(bundle, { depth: 0 })}`,
  );
}

function isBundle(value: unknown): value is MimeBundle {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !types.isPromise(value) && !types.isProxy(value);
}

function isJsonType(type: string): boolean {
  return type === "application/json" || /\+json\b/.test(type);
}
