import { type Shaped, shape } from "./fonts";

/** A piece of an SVG text in one style; x and y are its baseline's start in the text's coordinates. */
export interface TextRun {
  x: number;
  y: number;
  /** Font size in pixels. */
  size: number;
  shaped: Shaped;
  /** The element that directly holds the piece. */
  holder: Element;
}

/**
 * Places the pieces of an SVG `<text>` as plotly writes them: tspans with their own x start a new line, `dy`
 * moves the baseline by ems, `text-anchor` places each line as a whole.
 */
export function layoutText(text: Element): TextRun[] {
  const anchor = text.getAttribute("text-anchor") ?? styleOf(text, "text-anchor") ?? "start";
  const shift = anchor === "middle" ? 0.5 : anchor === "end" ? 1 : 0;
  const out: TextRun[] = [];
  let line: TextRun[] = [];
  const pen = { x: 0, y: 0 };
  const endLine = () => {
    const width = line.reduce((sum, { shaped, size }) => sum + shaped.width * size, 0);
    for (const run of line) out.push({ ...run, x: run.x - shift * width });
    line = [];
  };
  const visit = (element: Element) => {
    if (element.hasAttribute("x")) {
      endLine();
      pen.x = numberOf(element, "x");
    }
    if (element.hasAttribute("y")) pen.y = numberOf(element, "y");
    const size = fontSize(element);
    pen.y += (Number.parseFloat(element.getAttribute("dy") ?? "") || 0) * size;
    for (const node of element.childNodes) {
      if (node.nodeType === 1) visit(node as Element);
      else if (node.nodeType === 3 && node.textContent) {
        const shaped = shape(node.textContent, isBold(element));
        line.push({ ...pen, size, shaped, holder: element });
        pen.x += shaped.width * size;
      }
    }
  };
  visit(text);
  endLine();
  return out;
}

/** An SVG number, 0 where it is missing. */
export function numberOf(element: Element, attribute: string): number {
  return Number.parseFloat(element.getAttribute(attribute) ?? "") || 0;
}

/** A property of the element's own style attribute. */
export function styleOf(element: Element, property: string): string | undefined {
  const style = element.getAttribute("style") ?? "";
  return style.match(new RegExp(`(?:^|;)\\s*${property}:\\s*([^;]+)`))?.[1].trim();
}

/** In pixels; a percentage (subscripts) is of the parent's. */
function fontSize(element: Element): number {
  const own = styleOf(element, "font-size") ?? element.getAttribute("font-size") ?? "";
  if (own.endsWith("%")) return (Number.parseFloat(own) / 100) * fontSize(element.parentElement as Element);
  const pixels = Number.parseFloat(own);
  if (pixels > 0) return pixels;
  return element.parentElement ? fontSize(element.parentElement) : 12;
}

function isBold(element: Element): boolean {
  const weight = styleOf(element, "font-weight") ?? element.getAttribute("font-weight");
  if (weight) return weight === "bold" || Number(weight) >= 600;
  return element.parentElement ? isBold(element.parentElement) : false;
}
