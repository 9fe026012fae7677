import { Control, labelStyle } from "./control";
import { kindOf } from "./schema";

export interface DropdownOptions<T> {
  label?: string;
  options: readonly T[];
  /** What is shown for an option; default: `String(option)`. */
  text?: (option: T) => string;
  /** Default: the first option. */
  value?: T;
}

/** A list to choose one of `options` from. */
export function dropdown<const T>(choices: DropdownOptions<T>): Control<T> {
  const { label = "", options, text = String } = choices;
  if (options.length === 0) throw new RangeError("dropdown: options: expected at least one, got none");
  const value = "value" in choices ? (choices.value as T) : options[0];
  return new Control<T>(label, value, {
    state: {
      ...kindOf("DropdownModel", "DropdownView"),
      _options_labels: options.map((option) => text(option)),
      style: labelStyle("DescriptionStyleModel"),
    },
    toState: (next) => ({ index: options.indexOf(next) }),
    fromState: (state) => options[Number(state("index"))],
    text,
    check(next) {
      if (!options.includes(next))
        throw new RangeError(
          `dropdown: value: expected one of ${options.map((option) => text(option)).join(", ")}, got ${String(next)}`,
        );
    },
  });
}
