import type { MimeBundle } from "../../protocol";
import { peek, textOf } from "./text";

const SVG = /^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>][\s\S]*<\/svg>\s*$/i;

/**
 * A string that is an SVG picture. It may come from anywhere, and front ends put `image/svg+xml` into their page, where its
 * scripts would run. They do not run in an image.
 */
export function showSvgText(value: string): MimeBundle | undefined {
  if (!SVG.test(value)) return undefined;
  // The declaration may name an encoding that is not that of these bytes.
  const svg = withNamespace(value).replace(/^\s*<\?xml[^>]*>/, "");
  const [, title = "Picture"] = /<title[^>]*>([^<]*)<\/title>/i.exec(svg) ?? [];
  // It holds no tags, and its entities are those of HTML.
  const alt = title.replaceAll('"', "&quot;");
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  return { "text/plain": textOf(value), "text/html": `<img alt="${alt}" src="${source}">` };
}

/** An element of a document, as libraries for pictures make it: an SVG picture or HTML. */
export function showElement(value: object): MimeBundle | undefined {
  const html = peek(value, "outerHTML");
  if (typeof html !== "string" || peek(value, "nodeType") !== 1) return undefined;
  if (!SVG.test(html)) return { "text/plain": html, "text/html": html };
  return { "text/plain": textOf(html), "image/svg+xml": withNamespace(html).trim() };
}

/** An image needs the namespace, which is left out in HTML. */
function withNamespace(svg: string): string {
  return /\bxmlns\s*=/.test(svg) ? svg : svg.replace(/<svg/i, '<svg xmlns="http://www.w3.org/2000/svg"');
}
