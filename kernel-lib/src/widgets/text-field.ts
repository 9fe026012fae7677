import { Control, labelStyle } from "./control";
import { kindOf } from "./schema";

export interface TextFieldOptions {
  label?: string;
  value?: string;
  /** What an empty field shows. */
  placeholder?: string;
  /** Whether the value changes with every key; default false: with Enter, or when the field is left. */
  continuous?: boolean;
}

/** A line of text to write. */
export function textField(options: TextFieldOptions = {}): Control<string> {
  const { label = "", value = "", placeholder = "", continuous = false } = options;
  return new Control(label, value, {
    state: {
      ...kindOf("TextModel", "TextView"),
      placeholder,
      continuous_update: continuous,
      style: labelStyle("DescriptionStyleModel"),
    },
    toState: (next) => ({ value: next }),
    fromState: (state) => String(state("value")),
    text: (current) => current,
    check(next) {
      if (typeof next !== "string")
        throw new TypeError(`textField: value: expected a string, got ${typeof next}`);
    },
  });
}
