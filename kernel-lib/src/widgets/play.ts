import type { Control } from "./control";
import { Model } from "./model";
import { kindOf } from "./schema";
import { rangeControl, type SliderOptions } from "./slider";
import { drawnModel } from "./widget";

export interface PlayOptions extends Omit<SliderOptions, "continuous"> {
  /** Milliseconds from one value to the next; default 200. */
  interval?: number;
  /** Whether it starts again at the end; default false. */
  repeat?: boolean;
}

/** A slider that moves by itself, with buttons to start, stop and repeat. */
export function play({ interval = 200, repeat = false, ...range }: PlayOptions): Control<number> {
  if (!(interval > 0)) throw new RangeError(`play: interval: expected a positive number, got ${interval}`);
  return rangeControl("play", range, (holder) => {
    const { min, max, step = 1, value = min } = range;
    const buttons = drawnModel({
      ...kindOf("PlayModel", "PlayView"),
      min,
      max,
      step,
      value,
      interval,
      repeat,
    });
    // The front end keeps both at the same value: no message to the kernel is needed for that.
    const link = new Model({
      ...kindOf("LinkModel", null),
      source: [buttons, "value"],
      target: [holder, "value"],
    });
    const children = [buttons, holder];
    return drawnModel({ ...kindOf("HBoxModel", "HBoxView"), children }, { onOpen: () => link.open() });
  });
}
