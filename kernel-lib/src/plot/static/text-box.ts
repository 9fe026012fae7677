import { ascent, descent } from "./fonts";
import { layoutText, numberOf } from "./text-layout";

/** A rectangle in pixels. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The box of an SVG element in its own coordinates: what browsers call getBBox, for text and groups of it. */
export function boxOf(element: Element): Rect | undefined {
  if (element.tagName === "text") return textBox(element);
  if (element.tagName === "rect" || element.tagName === "image") {
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => numberOf(element, name));
    return { left: x, top: y, right: x + width, bottom: y + height };
  }
  const parts = [...element.children].flatMap((child) => {
    const box = boxOf(child);
    return box ? [transformed(box, child.getAttribute("transform"))] : [];
  });
  return parts.length ? parts.reduce(union) : undefined;
}

/** The box of an element in the coordinates of the whole picture. */
export function boxInPicture(element: Element): Rect | undefined {
  let box = boxOf(element);
  for (let at: Element | null = element; box && at && at.tagName !== "svg"; at = at.parentElement)
    box = transformed(box, at.getAttribute("transform"));
  return box;
}

function textBox(text: Element): Rect | undefined {
  const boxes = layoutText(text).map(({ x, y, size, shaped }) => ({
    left: x,
    right: x + shaped.width * size,
    top: y - ascent * size,
    bottom: y + descent * size,
  }));
  return boxes.length ? boxes.reduce(union) : undefined;
}

const union = (a: Rect, b: Rect): Rect => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

/** The box around `box` after the transformations that plotly uses: translate, rotate and scale. */
function transformed(box: Rect, transform: string | null): Rect {
  let corners = [
    [box.left, box.top],
    [box.right, box.top],
    [box.left, box.bottom],
    [box.right, box.bottom],
  ];
  const steps = [...(transform ?? "").matchAll(/(translate|rotate|scale)\(([^)]*)\)/g)].reverse();
  for (const [, kind, list] of steps) {
    const [a = 0, b, c] = list.split(/[\s,]+/).map(Number);
    corners = corners.map(([x, y]) => {
      if (kind === "translate") return [x + a, y + (b ?? 0)];
      if (kind === "scale") return [x * a, y * (b ?? a)];
      const [cos, sin] = [Math.cos((a * Math.PI) / 180), Math.sin((a * Math.PI) / 180)];
      const [dx, dy] = [x - (b ?? 0), y - (c ?? 0)];
      return [(b ?? 0) + dx * cos - dy * sin, (c ?? 0) + dx * sin + dy * cos];
    });
  }
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
