import { escapeHtml } from "./html";
import { type Displayable, displaySymbol, toBundle } from "./mime";

/**
 * `content` behind a line to click on, closed at first: the answer to a question. Content without HTML is shown as
 * preformatted text. It is displayable: end a cell with it, or pass it to `display`.
 */
export function details(summary: string, content: unknown): Displayable {
  return {
    [displaySymbol]: () => {
      const bundle = toBundle(content);
      const text = String(bundle["text/plain"] ?? "");
      const html = bundle["text/html"] ?? `<pre>${escapeHtml(text)}</pre>`;
      return {
        "text/html": `<details><summary>${escapeHtml(summary)}</summary>${html}</details>`,
        "text/plain": `${summary}:\n${text}`,
      };
    },
  };
}
