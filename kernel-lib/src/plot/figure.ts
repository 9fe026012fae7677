import { axis, baseLayout, wrap } from "./style";

/** plotly's own JSON: see https://plotly.com/javascript/reference/ for traces and layout. */
export type Trace = Record<string, unknown>;
export type Layout = Record<string, unknown>;
export interface Frame {
  name: string;
  data: Trace[];
  /** Indices of the traces that `data` replaces; default: the first ones. */
  traces?: number[];
  layout?: Layout;
}

export interface FigureSpec {
  title: string;
  /** What the picture shows, in words, for those who do not see it. */
  alt: string;
  data: Trace[];
  layout?: Layout;
  frames?: Frame[];
}

/**
 * Only the buttons that these figures need. Not `responsive`: JupyterLab resizes figures itself, and a responsive one
 * loses its height there when an animation frame is drawn.
 */
const config = {
  displaylogo: false,
  modeBarButtons: [["toImage", "zoom2d", "pan2d", "resetScale2d"]],
};

/**
 * A plotly figure in the project's style. A notebook shows it interactively; `renderStatic` makes a picture.
 * Axes given in `layout` are completed, not replaced: `layout: { xaxis: { title: { text: "step" } } }`.
 */
export class Figure {
  readonly title: string;
  readonly alt: string;
  readonly data: Trace[];
  readonly layout: Layout;
  readonly frames?: Frame[];

  constructor({ title, alt, data, layout = {}, frames }: FigureSpec) {
    this.title = title;
    this.alt = alt;
    this.data = data;
    this.frames = frames;
    const axes = Object.fromEntries(
      ["xaxis", "yaxis", ...Object.keys(layout).filter((key) => /^[xy]axis\d+$/.test(key))].map((key) => [
        key,
        axis(layout[key] as Layout | undefined),
      ]),
    );
    const text = wrap(title);
    // plotly hangs the first of several lines by its baseline, a single one by its top
    const pad = { t: text.includes("<br>") ? 26 : 14 };
    this.layout = { ...baseLayout, title: { ...baseLayout.title, text, pad }, ...layout, ...axes };
  }

  /** Plain plotly JSON. */
  toJSON(): { data: Trace[]; layout: Layout; frames?: Frame[] } {
    const { data, layout, frames } = this;
    return frames ? { data, layout, frames } : { data, layout };
  }

  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    return {
      "application/vnd.plotly.v1+json": {
        ...this.toJSON(),
        config,
      },
      "text/plain": `${this.title}: ${this.alt}`,
    };
  }
}
