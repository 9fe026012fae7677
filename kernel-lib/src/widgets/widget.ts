import { type Displayable, displaySymbol, type MimeBundle } from "../display/mime";
import { Model, type ModelHandlers } from "./model";
import { kindOf, type State, WIDGET_VIEW } from "./schema";

/**
 * Something to see and operate under a cell: a control, or a box of some. End a cell with it, or pass it to `display`.
 * Where there is no widget to operate (GitHub, exported HTML, other kernels) it is shown as it stands, by `still`.
 */
export abstract class Widget implements Displayable {
  /** @param model what the front end draws */
  constructor(readonly model: Model) {}

  /** The present state as a picture or text: at least text/plain. */
  abstract still(): MimeBundle;

  /** Takes the widget out of the front end and forgets it there. */
  close(): void {
    this.model.close();
  }

  [displaySymbol](): MimeBundle {
    const id = this.model.open();
    if (id === undefined) return this.still();
    return { [WIDGET_VIEW]: { version_major: 2, version_minor: 0, model_id: id }, ...this.still() };
  }
}

/** A model that is drawn, with a layout of its own. */
export function drawnModel(state: State, handlers?: ModelHandlers): Model {
  return new Model({ layout: new Model(kindOf("LayoutModel", "LayoutView", "base")), ...state }, handlers);
}
