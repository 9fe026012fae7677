import { escapeHtml } from "../display/html";
import type { MimeBundle } from "../display/mime";

/** Bundles as one, in their order: the last picture among them with the texts of all, else the HTML of all. */
export function joinBundles(bundles: MimeBundle[], css = ""): MimeBundle {
  const text = bundles.map(textOf).join("\n");
  const picture = bundles.filter(isPicture).at(-1);
  if (picture) return { ...picture, "text/plain": text };
  const style = css && ` style="${css}"`;
  return { "text/plain": text, "text/html": `<div${style}>${bundles.map(htmlOf).join("")}</div>` };
}

function isPicture(bundle: MimeBundle): boolean {
  return !("text/html" in bundle) && Object.keys(bundle).some((type) => !type.startsWith("text/"));
}

function textOf(bundle: MimeBundle): string {
  return String(bundle["text/plain"] ?? "");
}

function htmlOf(bundle: MimeBundle): string {
  return String(bundle["text/html"] ?? `<pre>${escapeHtml(textOf(bundle))}</pre>`);
}
