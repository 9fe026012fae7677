import type { MimeBundle } from "../../protocol";
import { peek, textOf } from "./text";

const SVG = /^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>][\s\S]*<\/svg>\s*$/i;

/** A string that is an SVG picture. Front ends show it as an image, in which scripts do not run. */
export function showSvgText(value: string): MimeBundle | undefined {
  if (!SVG.test(value)) return undefined;
  const namespace = /\bxmlns\s*=/.test(value)
    ? value
    : value.replace(/<svg/i, '<svg xmlns="http://www.w3.org/2000/svg"');
  return { "text/plain": textOf(value), "image/svg+xml": namespace.trim() };
}

/** An element of a document, as libraries for pictures make it: an SVG picture or HTML. */
export function showElement(value: object): MimeBundle | undefined {
  const html = peek(value, "outerHTML");
  if (typeof html !== "string" || peek(value, "nodeType") !== 1) return undefined;
  return showSvgText(html) ?? { "text/plain": html, "text/html": html };
}
