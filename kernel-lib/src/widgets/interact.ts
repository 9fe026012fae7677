import { display } from "../display/display";
import { vbox } from "./box";
import { OutputArea } from "./output-area";
import type { Widget } from "./widget";

/** A control of whatever type. */
interface AnyControl extends Widget {
  readonly value: unknown;
  onChange(handler: () => unknown): unknown;
}

/** Controls by the names under which `render` gets their values. */
export type Controls = Record<string, AnyControl>;

/** The values of controls, by name, each of its control's type. */
export type ControlValues<C extends Controls> = {
  [Name in keyof C]: C[Name]["value"];
};

/**
 * Shows controls and, below them, what `render` makes of their values: what it prints and shows, then the value it returns, such
 * as a figure. It is called at once and whenever a value changes. Returns a promise if `render` does: `await` it.
 *
 * An error of the first call is the cell's; later ones are shown in place of the result. Where there are no widgets
 * (other kernels, exported notebooks) the controls' values and the first result are shown.
 *
 * @example interact({ steps: slider({ label: "Steps", min: 1, max: 50 }) }, ({ steps }) => lineChart(...));
 */
export function interact<C extends Controls, R>(
  controls: C,
  render: (values: ControlValues<C>) => R,
): R extends PromiseLike<unknown> ? Promise<void> : void {
  const area = new OutputArea();
  const list = Object.values(controls);
  const draw = () => area.fill(() => render(valuesOf(controls)));
  const redraw = async () => {
    try {
      await draw();
    } catch (error) {
      area.showError(error);
    }
  };
  const show = () => {
    for (const control of list) control.onChange(redraw);
    display(vbox(...list));
    display(area);
  };
  const first = draw();
  return (first ? first.then(show) : show()) as ReturnType<typeof interact<C, R>>;
}

function valuesOf<C extends Controls>(controls: C): ControlValues<C> {
  return Object.fromEntries(
    Object.entries(controls).map(([name, control]) => [name, control.value]),
  ) as ControlValues<C>;
}
