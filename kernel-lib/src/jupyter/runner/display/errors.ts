import { stripVTControlCharacters, types } from "node:util";
import type { MimeBundle } from "../../protocol";
import { describeError } from "../errors";

/** An error that was not thrown: its message, the lines of the cell that made it, its causes. */
export function showError(value: object): MimeBundle | undefined {
  if (!types.isNativeError(value)) return undefined;
  return { "text/plain": stripVTControlCharacters(describeError(value).traceback.join("\n")) };
}
