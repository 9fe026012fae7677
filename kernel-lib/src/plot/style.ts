import { inLines } from "./in-lines";

type Json = Record<string, unknown>;

/** Okabe and Ito's colours, apart for every kind of colour vision; on white, strongest first. */
export const palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"] as const;
/** Line styles, so that a series is known without its colour. */
export const dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid"] as const;
export const markers = ["circle", "square", "diamond", "triangle-up", "cross", "x", "star"] as const;

export const ink = "#222222";
export const faint = "#767676";
export const gridColour = "#e3e3e3";

/** From pale to dark, its lightness falling evenly (cividis reversed), for amounts. */
export const sequentialScale: [number, string][] = [
  [0, "#fdf6d3"],
  [0.25, "#c8bd80"],
  [0.5, "#8a8678"],
  [0.75, "#48546e"],
  [1, "#00224e"],
];
/** Blue below zero, white at zero, vermilion above. */
export const divergingScale: [number, string][] = [
  [0, "#0072B2"],
  [0.5, "#ffffff"],
  [1, "#D55E00"],
];

export const baseLayout = {
  font: {
    family: "Noto Sans, Noto Sans Devanagari, Noto Sans Math, Open Sans, Arial, sans-serif",
    size: 14,
    color: ink,
  },
  title: {
    x: 0,
    xref: "paper",
    xanchor: "left",
    y: 1,
    yref: "container",
    yanchor: "top",
    pad: { t: 14 },
    font: { size: 17 },
  },
  paper_bgcolor: "#ffffff",
  plot_bgcolor: "#ffffff",
  colorway: [...palette],
  autosize: true,
  height: 420,
  margin: { l: 70, r: 30, t: 90, b: 60 },
  legend: { orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom", traceorder: "normal" },
  hoverlabel: { font: { size: 13 } },
};

/** An axis in the project's style; `own` completes or overrides it. */
export function axis(own: Json = {}): Json {
  return {
    automargin: true,
    showline: true,
    linecolor: faint,
    ticks: "outside",
    tickcolor: faint,
    gridcolor: gridColour,
    zeroline: false,
    ...own,
    title: { standoff: 12, ...(own.title as object) },
  };
}

/** Breaks a title into lines of at most `width` characters: plotly cuts long ones off. */
export function wrap(text: string, width = 60): string {
  return inLines(escapeMarkup(text), width).join("<br>");
}

/** Text as plotly shows it literally: its titles and labels know a few HTML tags. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
