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
    `<div style="max-width:32em;font:14px sans-serif">` +
    `<div><span>${escapeHtml(words)}</span> <span style="float:right">${percent} %</span></div>` +
    `<div role="progressbar" aria-label="${escapeHtml(label)}" aria-valuemin="0" aria-valuemax="100" ` +
    `aria-valuenow="${percent}" style="clear:both;height:10px;border:1px solid #767676;border-radius:5px">` +
    `<div style="width:${percent}%;height:100%;background:#0072B2;border-radius:4px"></div></div></div>`;
  const text = percent === 100 ? `${words} (done)` : `${label}: ${10 * Math.floor(percent / 10)} %`;
  return { [displaySymbol]: () => ({ "text/html": html, "text/plain": text }) };
}
