import { Control, labelStyle } from "./control";
import type { Model } from "./model";
import { kindOf } from "./schema";

export interface SliderOptions {
  label?: string;
  min: number;
  max: number;
  /** The distance between two values; default 1 between whole numbers, else a hundredth of the range. */
  step?: number;
  /** Default: `min`. */
  value?: number;
  /** Whether the value changes while the user drags; default true. If not, when the mouse is released. */
  continuous?: boolean;
}

/** A slider over the numbers from `min` to `max`; all whole if `min`, `max`, `step` and `value` are. */
export function slider(options: SliderOptions): Control<number> {
  return rangeControl("slider", options);
}

/** A control with a slider: `caller` is whom errors name, `around` what is drawn in its place. */
export function rangeControl(
  caller: string,
  options: SliderOptions,
  around?: (holder: Model) => Model,
): Control<number> {
  const { min, max, label = "", value = min, continuous = true } = options;
  if (!(min < max)) throw new RangeError(`${caller}: max: expected more than min=${min}, got ${max}`);
  const whole = [min, max, value, options.step ?? 1].every(Number.isInteger);
  const { step = whole ? 1 : (max - min) / 100 } = options;
  if (!(step > 0)) throw new RangeError(`${caller}: step: expected a positive number, got ${step}`);
  const digits = whole ? 0 : Math.max(...[step, min, value].map(decimals));
  const kind = {
    state: {
      ...(whole ? kindOf("IntSliderModel", "IntSliderView") : kindOf("FloatSliderModel", "FloatSliderView")),
      min,
      max,
      step,
      continuous_update: continuous,
      readout_format: whole ? "d" : `.${digits}f`,
      style: labelStyle("SliderStyleModel"),
    },
    toState: (next: number) => ({ value: next }),
    fromState: (state: (name: string) => unknown) => Number(state("value")),
    text: (current: number) => `${current.toFixed(digits)} (${min} to ${max})`,
    check(next: number) {
      if (!(next >= min && next <= max))
        throw new RangeError(`${caller}: value: expected a number from ${min} to ${max}, got ${next}`);
    },
  };
  return new Control(label, value, kind, around);
}

/** The decimals that it takes to write a number, eight at most. */
function decimals(value: number): number {
  let digits = 0;
  while (digits < 8 && Number(value.toFixed(digits)) !== value) digits++;
  return digits;
}
