import { Figure, type Frame, type Layout, type Trace } from "./figure";
import { escapeMarkup } from "./style";

export interface AnimateOptions {
  title: string;
  alt: string;
  /** One picture each. `name`, unique, stands at the slider, but for frames `between`: those are only played. */
  frames: { name: string; data: Trace[]; layout?: Layout; between?: boolean }[];
  /** Traces behind those of the frames, the same in all of them. */
  background?: Trace[];
  layout?: Layout;
  /** What the slider counts, such as "time step". */
  sliderLabel?: string;
  /** Index of the frame that is shown at the start, and in a static picture; default 0. */
  start?: number;
  /** Milliseconds each frame is shown while playing; default 900. */
  duration?: number;
}

/**
 * A figure with a slider and play and pause buttons inside it, so that it moves without a kernel.
 * Each frame's traces replace the ones of the frame before, in order; all frames have equally many.
 */
export function animate(options: AnimateOptions): Figure {
  const {
    title,
    alt,
    frames,
    background = [],
    layout = {},
    sliderLabel = "",
    duration = 900,
    start = 0,
  } = options;
  if (frames.length === 0) throw new RangeError("animate: frames: expected at least one frame, got none");
  const first = frames[start];
  const moving = first.data.map((_, k) => background.length + k);
  for (const { name, data } of frames)
    if (data.length !== first.data.length)
      throw new RangeError(
        `animate: frame "${name}": expected ${first.data.length} traces, got ${data.length}`,
      );
  const twice = frames.find(({ name }, k) => frames.findIndex((other) => other.name === name) !== k);
  if (twice) throw new RangeError(`animate: frames: expected names that differ, got "${twice.name}" twice`);
  const stops = frames.filter(({ between }) => !between);
  const immediate = { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } };
  const height = Number(layout.height ?? 480);
  const margin = { l: 70, r: 30, t: 70, b: 150, ...(layout.margin as object) };
  return new Figure({
    title,
    alt,
    data: [...background, ...first.data],
    layout: {
      ...layout,
      ...first.layout,
      height,
      margin,
      updatemenus: [
        {
          type: "buttons",
          direction: "left",
          showactive: false,
          x: 0,
          xanchor: "left",
          y: 0,
          yanchor: "top",
          pad: { t: margin.b - 60, r: 10 },
          buttons: [
            {
              label: "Play",
              method: "animate",
              args: [
                null,
                {
                  mode: "immediate",
                  fromcurrent: true,
                  frame: { duration, redraw: true },
                  transition: { duration: 0 },
                },
              ],
            },
            { label: "Pause", method: "animate", args: [[null], immediate] },
          ],
        },
      ],
      sliders: [
        {
          active: stops.findIndex(({ name }) => name === first.name),
          x: 0.2,
          xanchor: "left",
          len: 0.8,
          y: 0,
          yanchor: "top",
          pad: { t: margin.b - 90, b: 10 },
          currentvalue: {
            prefix: sliderLabel ? `${escapeMarkup(sliderLabel)}: ` : "",
            font: { size: 14 },
            xanchor: "left",
          },
          steps: stops.map(({ name }) => ({
            label: escapeMarkup(name),
            method: "animate",
            args: [[name], immediate],
          })),
        },
      ],
    },
    frames: frames.map(
      ({ name, data, layout: own }): Frame => ({ name, data, traces: moving, ...(own && { layout: own }) }),
    ),
  });
}
