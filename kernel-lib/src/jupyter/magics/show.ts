import type { Magic } from "./magic";

/** A magic that shows the rest of its cell in a format which front ends know. */
function show(name: string, format: string, mimeType: string): Magic {
  return {
    name,
    usage: name,
    documentation: `Shows the rest of the cell as ${format}.`,
    takes: "text",
    async run({ argument }, kernel) {
      const data = { [mimeType]: argument, "text/plain": argument };
      kernel.publish("display_data", { data, metadata: {}, transient: {} });
      return { status: "ok" };
    },
  };
}

export const showMagics: readonly Magic[] = [
  show("%%html", "HTML", "text/html"),
  show("%%markdown", "Markdown", "text/markdown"),
  show("%%latex", "LaTeX", "text/latex"),
  show("%%svg", "an SVG picture", "image/svg+xml"),
];
