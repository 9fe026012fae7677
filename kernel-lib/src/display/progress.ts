import { createDisplay } from "./display";
import { escapeHtml } from "./html";
import { type Displayable, displaySymbol } from "./mime";

export interface Progress {
  /** Sets how much is done, from 0 to `total`; `note` stands behind the label ("loss 1.23"). */
  update(done: number, note?: string): void;
  /** Says that all is done. */
  finish(note?: string): void;
}

/**
 * A progress bar below the cell, for work of more than two seconds. It is redrawn when the whole percentage
 * or the end changes, and holds no times, so that what is saved is the same in every run.
 */
export function progress(label: string, { total }: { total: number }): Progress {
  if (!(total > 0)) throw new RangeError(`progress: total: expected a positive number, got ${total}`);
  const handle = createDisplay();
  let shown = -1;
  const draw = (percent: number, note: string) => {
    if (percent === shown) return;
    shown = percent;
    handle.update(progressBar(label, percent, note));
  };
  draw(0, "");
  return {
    update: (done, note = "") => draw(Math.floor(100 * Math.min(1, Math.max(0, done / total))), note),
    finish(note = "") {
      shown = -1;
      draw(100, note);
    },
  };
}

/** One state of a progress bar, for screen and screen reader. The text counts in tens: a terminal prints each. */
export function progressBar(label: string, percent: number, note = ""): Displayable {
  const words = note ? `${label}: ${note}` : label;
  const html =
    `<label style="display:block;max-width:32em">${escapeHtml(words)}` +
    `<span style="display:flex;gap:0.75em;align-items:center">` +
    `<progress max="100" value="${percent}" style="flex:1;height:1em;accent-color:var(--jp-brand-color1,#0072B2)">` +
    `</progress><span>${percent} %</span></span></label>`;
  const text = percent === 100 ? `${words} (done)` : `${label}: ${10 * Math.floor(percent / 10)} %`;
  return { [displaySymbol]: () => ({ "text/html": html, "text/plain": text }) };
}
