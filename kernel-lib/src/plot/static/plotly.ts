import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { DOMWindow } from "jsdom";
import { RectangleCanvas } from "./canvas";
import { boxInPicture, boxOf, type Rect } from "./text-box";

export interface Plotly {
  newPlot(div: unknown, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  toImage(div: unknown, options: Record<string, unknown>): Promise<string>;
  purge(div: unknown): void;
}

let loaded: Promise<{ window: DOMWindow; Plotly: Plotly }> | undefined;

/** plotly.js inside jsdom, loaded at the first call (about two seconds) and kept. */
export function loadPlotly(): Promise<{ window: DOMWindow; Plotly: Plotly }> {
  loaded ??= load();
  return loaded;
}

async function load() {
  const { JSDOM, VirtualConsole } = await import("jsdom");
  const dom = new JSDOM("<!doctype html><body></body>", {
    runScripts: "outside-only",
    pretendToBeVisual: true,
    virtualConsole: new VirtualConsole(), // says only what jsdom does not implement
  });
  const { window } = dom;
  Object.assign(window, { TextDecoder, TextEncoder });
  giveMetrics(window);
  window.eval(readFileSync(createRequire(__filename).resolve("plotly.js-dist"), "utf8"));
  return { window, Plotly: window.Plotly as Plotly };
}

/** What jsdom lacks and plotly asks for: the sizes of texts, a canvas, object URLs. */
function giveMetrics(window: DOMWindow): void {
  const element = window.Element.prototype;
  const ofHtml = element.getBoundingClientRect;
  const isSvg = (node: Element) => node instanceof window.SVGElement && node.tagName !== "svg";
  Object.defineProperty(window.SVGElement.prototype, "getBBox", {
    value(this: Element) {
      return asDomRect(boxOf(this));
    },
  });
  Object.defineProperty(window.SVGElement.prototype, "getComputedTextLength", {
    value(this: Element) {
      return asDomRect(boxOf(this)).width;
    },
  });
  element.getBoundingClientRect = function (this: Element) {
    return isSvg(this) ? (asDomRect(boxInPicture(this)) as DOMRect) : ofHtml.call(this);
  };
  const contexts = new WeakMap<object, RectangleCanvas>();
  Object.assign(window.HTMLCanvasElement.prototype, {
    getContext(this: HTMLCanvasElement, kind: string) {
      if (kind !== "2d") return null;
      if (!contexts.has(this)) contexts.set(this, new RectangleCanvas(this));
      return contexts.get(this);
    },
    toDataURL(this: HTMLCanvasElement) {
      return contexts.get(this)?.toDataURL();
    },
  });
  Object.assign(window.URL, { createObjectURL: () => "blob:none", revokeObjectURL: () => undefined });
}

function asDomRect({ left, top, right, bottom }: Rect = { left: 0, top: 0, right: 0, bottom: 0 }) {
  return { left, top, right, bottom, x: left, y: top, width: right - left, height: bottom - top };
}
