import { Figure, type Frame, type Layout, type Trace } from "./figure";
import { escapeMarkup } from "./style";

export interface Slider {
  /** What it sets, such as "spectral radius". */
  label: string;
  /** One name a position; they differ. */
  positions: string[];
  /** The position at the start, and in a static picture; default 0. */
  start?: number;
}

export interface TwoSlidersOptions {
  title: string;
  alt: string;
  first: Slider;
  second: Slider;
  /** The traces with the first slider at position i, the second at j; equally many everywhere. */
  picture: (i: number, j: number) => Trace[];
  /** Traces behind them, the same everywhere. */
  background?: Trace[];
  layout?: Layout;
}

/**
 * A figure with two sliders that move independently, without a kernel. plotly's sliders do not know of each other, so
 * each works on something of its own: the first shows a frame, which holds the traces for all positions of the second;
 * the second makes those of one position visible.
 */
export function twoSliders(options: TwoSlidersOptions): Figure {
  const { title, alt, first, second, picture, background = [], layout = {} } = options;
  assertPositions("first", first);
  assertPositions("second", second);
  const [i0, j0] = [first.start ?? 0, second.start ?? 0];
  const pictures = first.positions.map((_, i) => second.positions.map((_, j) => picture(i, j)));
  const each = pictures[0][0].length;
  pictures.forEach((row, i) => {
    row.forEach(({ length }, j) => {
      if (length !== each)
        throw new RangeError(`twoSliders: picture(${i}, ${j}): expected ${each} traces, got ${length}`);
    });
  });
  const all = pictures.map((row) => row.flat());
  const moving = all[0].map((_, k) => background.length + k);
  const shown = (j: number): boolean[] => all[0].map((_, k) => Math.floor(k / each) === j);
  const height = Number(layout.height ?? 560);
  const margin = { l: 70, r: 30, t: 90, b: 210, ...(layout.margin as object) };
  const place = { x: 0, xanchor: "left", len: 1, y: 0, yanchor: "top" };
  const current = (label: string) => ({
    prefix: `${escapeMarkup(label)}: `,
    font: { size: 14 },
    xanchor: "left",
  });
  const changing = changingKeys(all);
  const names = first.positions;
  return new Figure({
    title,
    alt,
    data: [...background, ...all[i0].map((trace, k) => ({ ...trace, visible: shown(j0)[k] }))],
    layout: {
      ...layout,
      height,
      margin,
      sliders: [
        {
          ...place,
          active: i0,
          pad: { t: 60 },
          currentvalue: current(first.label),
          steps: names.map((name) => ({
            label: escapeMarkup(name),
            method: "animate",
            args: [
              [name],
              { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } },
            ],
          })),
        },
        {
          ...place,
          active: j0,
          pad: { t: 140 },
          currentvalue: current(second.label),
          steps: second.positions.map((name, j) => ({
            label: escapeMarkup(name),
            method: "restyle",
            args: [{ visible: shown(j) }, moving],
          })),
        },
      ],
    },
    frames: names.map(
      (name, i): Frame => ({
        name,
        data: all[i].map((trace, k) => pick(trace, changing[k])),
        traces: moving,
      }),
    ),
  });
}

function assertPositions(which: string, { positions, start = 0 }: Slider): void {
  if (positions.length === 0 || new Set(positions).size < positions.length)
    throw new RangeError(
      `twoSliders: ${which}.positions: expected names that differ, got ${JSON.stringify(positions)}`,
    );
  if (!(Number.isInteger(start) && start >= 0 && start < positions.length))
    throw new RangeError(`twoSliders: ${which}.start: expected 0 to ${positions.length - 1}, got ${start}`);
}

/** For each trace the keys that are not the same in all pictures: a frame needs no more, and notebooks stay small. */
function changingKeys(pictures: Trace[][]): string[][] {
  return pictures[0].map((_, k) => {
    const keys = new Set(pictures.flatMap((traces) => Object.keys(traces[k])));
    return [...keys].filter(
      (key) => new Set(pictures.map((traces) => JSON.stringify(traces[k][key]))).size > 1,
    );
  });
}

const pick = (trace: Trace, keys: string[]): Trace =>
  Object.fromEntries(keys.map((key) => [key, trace[key] ?? null]));
