import { host } from "./host";
import { isDisplayable, type MimeBundle, toBundle } from "./mime";

/**
 * Shows `value` below the running cell: a displayable one (Figure, table, html, …) in its own way, a string as it is,
 * all else as the kernel shows it. Outside a notebook the text is printed.
 */
export function display(value: unknown): void {
  host().show(bundleOf(value));
}

function bundleOf(value: unknown): MimeBundle {
  return typeof value === "string" || isDisplayable(value) ? toBundle(value) : host().format(value);
}

/** A place below the cell whose content can be replaced. */
export interface DisplayHandle {
  update(value: unknown): void;
}

/** A handle whose first `update` shows the value and whose later ones replace it in place. */
export function createDisplay(): DisplayHandle {
  let replace: ((next: MimeBundle) => void) | undefined;
  return {
    update(value) {
      const bundle = bundleOf(value);
      if (replace) replace(bundle);
      else replace = host().open(bundle);
    },
  };
}

/** True after the user interrupted the cell; a long loop inside `cooperate` asks this and stops by itself. */
export function interruptRequested(): boolean {
  return host().interrupted();
}

/** Runs `work`, which stops by itself when `interruptRequested()`, so that its state is kept. */
export function cooperate<T>(work: () => Promise<T>): Promise<T> {
  return host().cooperate(work);
}
