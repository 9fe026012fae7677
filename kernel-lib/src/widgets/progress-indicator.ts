import { Control, labelStyle } from "./control";
import { kindOf } from "./schema";

/** A bar that shows how much of `max` is done; code sets its `value`. */
export function progressIndicator({ label = "", max }: { label?: string; max: number }): Control<number> {
  if (!(max > 0)) throw new RangeError(`progressIndicator: max: expected a positive number, got ${max}`);
  return new Control(label, 0, {
    state: {
      ...kindOf("FloatProgressModel", "ProgressView"),
      min: 0,
      max,
      style: labelStyle("ProgressStyleModel"),
    },
    toState: (next) => ({ value: next, bar_style: next >= max ? "success" : "" }),
    fromState: (state) => Number(state("value")),
    text: (current) => `${Math.floor((100 * current) / max)} %`,
    check(next) {
      if (!(next >= 0 && next <= max))
        throw new RangeError(`progressIndicator: value: expected a number from 0 to ${max}, got ${next}`);
    },
  });
}
