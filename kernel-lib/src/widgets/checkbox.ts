import { Control, labelStyle } from "./control";
import { kindOf } from "./schema";

/** A box to tick. */
export function checkbox({
  label = "",
  value = false,
}: {
  label?: string;
  value?: boolean;
} = {}): Control<boolean> {
  return new Control(label, value, {
    state: {
      ...kindOf("CheckboxModel", "CheckboxView"),
      indent: false,
      style: labelStyle("DescriptionStyleModel"),
    },
    toState: (next) => ({ value: next }),
    fromState: (state) => state("value") === true,
    text: (current) => (current ? "yes" : "no"),
    check(next) {
      if (typeof next !== "boolean") throw new TypeError(`checkbox: value: expected a boolean, got ${next}`);
    },
  });
}
