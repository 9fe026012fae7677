import { escapeHtml } from "./html";
import { type Displayable, displaySymbol, isDisplayable, type MimeBundle } from "./mime";

const displayable = (bundle: MimeBundle): Displayable => ({ [displaySymbol]: () => bundle });

/** Markup of `html`, which may stand inside another. */
export interface Html extends Displayable {
  readonly markup: string;
}

/**
 * HTML to display. As a template, `` html`<b>${name}</b>` ``, it escapes what is put in, but for other `html`, of which
 * arrays may be put in too. As a call, `html(markup)`, it takes the markup as it is: escape in it what is not yours.
 */
export function html(markup: string): Html;
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html;
export function html(parts: string | TemplateStringsArray, ...values: unknown[]): Html {
  const markup =
    typeof parts === "string"
      ? parts
      : parts.reduce((before, part, i) => `${before}${markupOf(values[i - 1])}${part}`);
  return { markup, ...displayable({ "text/html": markup, "text/plain": markup }) };
}

/** Markdown to display, with formulas between dollar signs. HTML in it is shown as HTML. */
export function markdown(source: string): Displayable {
  return displayable({ "text/markdown": source, "text/plain": source });
}

/** A formula to display, without dollar signs; as a template, `` latex`\frac{1}{2}` ``, its backslashes stay single. */
export function latex(formula: string): Displayable;
export function latex(parts: TemplateStringsArray, ...values: unknown[]): Displayable;
export function latex(formula: string | TemplateStringsArray, ...values: unknown[]): Displayable {
  const source = typeof formula === "string" ? formula : String.raw(formula, ...values);
  return displayable({ "text/latex": `$$${source}$$`, "text/plain": source });
}

/**
 * An SVG picture to display. `alt` says in words what it shows.
 * @throws TypeError unless the source is one `<svg>` element
 */
export function svg(source: string, alt: string): Displayable {
  if (!/^\s*(<\?xml[^>]*>\s*)?<svg[\s>/]/.test(source))
    throw new TypeError(`svg: source: expected an <svg> element, got ${JSON.stringify(source.slice(0, 40))}`);
  // Shown as an image, an SVG needs its namespace.
  const named = /\bxmlns\s*=/.test(source)
    ? source
    : source.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  return displayable({ "image/svg+xml": named, "text/plain": alt });
}

function markupOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(markupOf).join("");
  const isMarkup = isDisplayable(value) && typeof Reflect.get(value, "markup") === "string";
  return isMarkup ? (value as Html).markup : escapeHtml(String(value));
}
