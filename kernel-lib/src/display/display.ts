import { host } from "./host";
import { type MimeBundle, toBundle } from "./mime";

/**
 * Shows `value` below the running cell: a displayable one (Figure, table, …) richly, all else as text.
 * Outside a notebook the text is printed.
 */
export function display(value: unknown): void {
  host().show(toBundle(value));
}

/** Shows HTML. Escape what is not yours with `escapeHtml`; `text` stands for it where HTML can't be shown. */
export function displayHtml(html: string, text: string = html): void {
  host().show({ "text/html": html, "text/plain": text });
}

/** Shows Markdown. */
export function displayMarkdown(markdown: string): void {
  host().show({ "text/markdown": markdown, "text/plain": markdown });
}

/** Shows a formula, written without dollar signs. */
export function displayLatex(latex: string): void {
  host().show({ "text/latex": `$$${latex}$$`, "text/plain": latex });
}

/** Shows an SVG picture; `alt` says in words what it shows. */
export function displaySvg(svg: string, alt: string): void {
  host().show({ "image/svg+xml": svg, "text/plain": alt });
}

/** A place below the cell whose content can be replaced. */
export interface DisplayHandle {
  update(value: unknown): void;
}

/** A handle whose first `update` shows the value and whose later ones replace it in place. */
export function createDisplay(): DisplayHandle {
  let replace: ((next: MimeBundle) => void) | undefined;
  return {
    update(value) {
      const bundle = toBundle(value);
      if (replace) replace(bundle);
      else replace = host().open(bundle);
    },
  };
}

/** True after the user interrupted the cell; a long loop inside `cooperate` asks this and stops by itself. */
export function interruptRequested(): boolean {
  return host().interrupted();
}

/** Runs `work`, which stops by itself when `interruptRequested()`, so that its state is kept. */
export function cooperate<T>(work: () => Promise<T>): Promise<T> {
  return host().cooperate(work);
}
