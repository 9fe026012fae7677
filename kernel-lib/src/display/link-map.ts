import { type Html, html } from "./formats";

export interface LinkMapGoal {
  label: string;
  /** Is drawn filled, with a tick. */
  done?: boolean;
  /** The names of the places that lead to it. */
  places: string[];
}
export interface LinkMapPlace {
  name: string;
  /** Where a click leads; without it the place is text. */
  href?: string;
}
export interface LinkMapOptions {
  title: string;
  goals: LinkMapGoal[];
  places: LinkMapPlace[];
}

const row = 54;
const box = { width: 330, height: 42 };
const right = 470;
const width = right + box.width;

/**
 * Goals on the left, the places that lead to them on the right, joined by lines; places with an address are links.
 * Boxes and links are HTML, so that they are read aloud and reached by keyboard as lists; only the lines are a picture.
 * It is an image, not an SVG element: JupyterLab takes those out of a notebook that it doesn't trust yet.
 *
 * @throws RangeError if a goal names a place that is not there
 */
export function linkMap({ title, goals, places }: LinkMapOptions): Html {
  const height = row * Math.max(goals.length, places.length);
  const top = (k: number, of: number) => Math.round(((k + 0.5) * height) / of - box.height / 2);
  const middle = (k: number, of: number) => top(k, of) + box.height / 2;
  const lines = goals.flatMap((goal, g) =>
    goal.places.map((name) => {
      const p = places.findIndex((place) => place.name === name);
      if (p < 0)
        throw new RangeError(
          `linkMap: goals: ${JSON.stringify(goal.label)}: expected places of the map, got ${JSON.stringify(name)}`,
        );
      const [y0, y1] = [middle(g, goals.length), middle(p, places.length)];
      const bend = (right - box.width) / 2;
      const path = `M${box.width} ${y0} C${box.width + bend} ${y0} ${right - bend} ${y1} ${right} ${y1}`;
      return html`<path d="${path}" fill="none" stroke="${goal.done ? "#005a8c" : "#8a8a8a"}" stroke-width="${goal.done ? 2.5 : 1.5}"/>`;
    }),
  );
  const picture =
    html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${lines}</svg>`.markup;
  const style = (left: number, y: number, colours: string) =>
    `position:absolute;left:${left}px;top:${y}px;width:${box.width}px;height:${box.height}px;box-sizing:border-box;display:flex;` +
    `align-items:center;padding:0 10px;margin:0;border-radius:5px;font-size:14px;line-height:1.2;list-style:none;${colours}`;
  const plain = "background:#ffffff;color:#222222;border:1.5px solid #767676";
  const filled = "background:#005a8c;color:#ffffff;border:1.5px solid #005a8c";
  const list = "margin:0;padding:0;list-style:none";
  return html`<figure role="group" aria-label="${title}" style="margin:0;padding:8px;background:#ffffff;color:#222222;overflow-x:auto">
<figcaption style="font-weight:bold;padding-bottom:6px">${title}</figcaption>
<div style="position:relative;width:${width}px;height:${height}px">
<img alt="" src="data:image/svg+xml,${encodeURIComponent(picture)}" width="${width}" height="${height}" style="position:absolute;left:0;top:0">
<ul aria-label="Goals" style="${list}">${goals.map(
    (goal, k) =>
      html`<li style="${style(0, top(k, goals.length), goal.done ? filled : plain)}">${goal.done ? "✓ " : ""}${goal.label}</li>`,
  )}</ul>
<ul aria-label="Places" style="${list}">${places.map(
    ({ name, href }, k) =>
      html`<li style="${style(right, top(k, places.length), plain)}">${href ? html`<a href="${href}" style="color:#005a8c;text-decoration:underline">${name}</a>` : name}</li>`,
  )}</ul>
</div></figure>`;
}
