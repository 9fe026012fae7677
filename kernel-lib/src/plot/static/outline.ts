import { layoutText, styleOf } from "./text-layout";

/**
 * Replaces every text of an SVG by the outlines of its glyphs, each defined once. The picture then needs no font:
 * not from the viewer, and not from the rasterizer, whose own shaping sets Devanagari wrongly.
 */
export function outlineTexts(svg: Element): void {
  const document = svg.ownerDocument;
  const make = (tag: string) => document.createElementNS("http://www.w3.org/2000/svg", tag);
  const glyphs = make("defs");
  const defined = new Set<string>();
  for (const text of [...svg.querySelectorAll("text")]) {
    const group = make("g");
    for (const name of ["class", "style", "transform", "opacity", "clip-path", "fill"]) {
      const value = text.getAttribute(name);
      if (value !== null) group.setAttribute(name, value);
    }
    group.setAttribute("aria-label", text.textContent ?? "");
    for (const { x, y, size, shaped, holder } of layoutText(text)) {
      const fill = holder === text ? undefined : styleOf(holder, "fill");
      for (const glyph of shaped.glyphs) {
        if (!defined.has(glyph.id)) {
          defined.add(glyph.id);
          const path = make("path");
          path.setAttribute("id", `glyph-${glyph.id}`);
          path.setAttribute("d", glyph.path);
          glyphs.appendChild(path);
        }
        const use = make("use");
        const scale = rounded(size * glyph.scale, 6);
        use.setAttribute("href", `#glyph-${glyph.id}`);
        use.setAttribute(
          "transform",
          `translate(${rounded(x + glyph.x * size, 2)},${rounded(y - glyph.y * size, 2)}) scale(${scale},${-scale})`,
        );
        if (fill) use.setAttribute("fill", fill);
        group.appendChild(use);
      }
    }
    text.replaceWith(group);
  }
  svg.prepend(glyphs);
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
