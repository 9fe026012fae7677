import type { MimeBundle } from "../display/mime";
import { OutputArea } from "./output-area";
import { kindOf } from "./schema";
import { joinBundles } from "./still";
import { drawnModel, Widget } from "./widget";

/** Widgets side by side. What is no widget is shown like a cell's result. */
export function hbox(...children: unknown[]): Widget {
  return new Box("HBox", children, "display:flex;gap:1em;flex-wrap:wrap");
}

/** Widgets one below the other. What is no widget is shown like a cell's result. */
export function vbox(...children: unknown[]): Widget {
  return new Box("VBox", children, "");
}

class Box extends Widget {
  readonly children: readonly Widget[];
  readonly #css: string;

  constructor(name: "HBox" | "VBox", children: unknown[], css: string) {
    const widgets = children.map((child) => (child instanceof Widget ? child : areaOf(child)));
    super(
      drawnModel({ ...kindOf(`${name}Model`, `${name}View`), children: widgets.map(({ model }) => model) }),
    );
    this.children = widgets;
    this.#css = css;
  }

  still(): MimeBundle {
    return joinBundles(
      this.children.map((child) => child.still()),
      this.#css,
    );
  }
}

function areaOf(value: unknown): OutputArea {
  const area = new OutputArea();
  area.show(value);
  return area;
}
