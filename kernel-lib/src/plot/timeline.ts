import { animate } from "./animate";
import { arrows, labels } from "./diagram";
import type { Figure, Trace } from "./figure";
import { escapeMarkup, palette, wrap } from "./style";

export interface TimelineEntry {
  year: number;
  name: string;
  /** What is told when the entry is chosen. */
  text: string;
  /** Where it is published, such as "J. J. Hopfield, PNAS 79". */
  source: string;
  /** Names of earlier entries that it goes back to: arrows point from them. */
  from?: string[];
}

export interface TimelineOptions {
  title: string;
  /** Earliest first. */
  entries: TimelineEntry[];
  alt?: string;
}

/**
 * Events over the years, one below the other so that no two labels meet. The slider goes from event to event: it shows the
 * event's text, and arrows from what it goes back to. Hover shows the same for any event.
 */
export function timeline({ title, entries, alt }: TimelineOptions): Figure {
  if (entries.length === 0) throw new RangeError("timeline: entries: expected at least one entry, got none");
  entries.forEach(({ year, name }, k) => {
    if (k > 0 && year < entries[k - 1].year)
      throw new RangeError(`timeline: entries: expected the earliest first, got ${name} (${year}) at ${k}`);
  });
  const place = new Map(entries.map(({ name }, k) => [name, k]));
  const [first, last] = [entries[0].year, entries[entries.length - 1].year];
  const middle = (first + last) / 2;
  const points: Trace[] = [
    {
      type: "scatter",
      mode: "markers",
      x: entries.map(({ year }) => year),
      y: entries.map((_, k) => k),
      marker: { size: 11, color: palette[0] },
      hovertext: entries.map(({ text, source }) => `${wrap(text)}<br><i>${wrap(source)}</i>`),
      hoverinfo: "text",
      showlegend: false,
    },
    labels(
      // Arrows come from above on the left and leave to below on the right: labels stand on the other two sides.
      entries.map(({ year, name }, k) => ({
        x: year + (year < middle ? 0.9 : -0.9),
        y: k + (year < middle ? -0.22 : 0.22),
        text: `${year} ${escapeMarkup(name)}`,
        position: year < middle ? "middle right" : "middle left",
      })),
    ),
  ];
  const frames = entries.map((entry, k) => ({
    name: `${entry.year} ${entry.name}`,
    data: [
      arrows(
        (entry.from ?? []).map((name) => {
          const origin = place.get(name);
          if (origin === undefined || origin >= k)
            throw new RangeError(
              `timeline: entries[${k}].from: expected names of earlier entries, got ${JSON.stringify(name)}`,
            );
          return {
            from: [entries[origin].year, origin] as [number, number],
            to: [entry.year, k] as [number, number],
          };
        }),
        palette[1],
      ),
      {
        type: "scatter",
        mode: "markers",
        x: [entry.year],
        y: [k],
        marker: { size: 19, color: palette[1] },
        hoverinfo: "skip",
        showlegend: false,
      },
      labels([
        {
          x: first - 1,
          y: entries.length + 3.5,
          position: "top right",
          text: `<b>${entry.year} ${escapeMarkup(entry.name)}</b><br>${wrap(entry.text, 46)}<br><i>${wrap(entry.source, 50)}</i>`,
        },
      ]),
    ] as Trace[],
  }));
  return animate({
    title,
    alt: alt ?? `Timeline. ${entries.map(({ year, name, text }) => `${year} ${name}: ${text}`).join(" ")}`,
    sliderLabel: "Event",
    duration: 2500,
    background: points,
    frames,
    layout: {
      hovermode: "closest",
      height: 300 + 30 * entries.length,
      margin: { l: 20, r: 20, t: 60, b: 150 },
      xaxis: { range: [first - 2, last + 2], title: { text: "year" }, tickformat: "d" },
      yaxis: { visible: false, range: [entries.length + 4, -1] },
    },
  });
}
