import { inspect } from "node:util";
import { textOf } from "./display/text";

/** The longest text of an error's properties, in characters: an error of a request may hold all of it. */
const MAX_LENGTH = 4000;

/** What a traceback tells in other places, and how an object writes itself. */
const TOLD = new Set<PropertyKey>(["name", "message", "stack", "cause", inspect.custom]);

/** An error's own enumerable properties, such as `code`, as Node.js writes them behind the stack; or no text. */
export function propertiesOf(error: Error): string {
  const keys = Reflect.ownKeys(error).filter((key) => !isTold(error, key));
  const entries = keys.map((key) => [key, Object.getOwnPropertyDescriptor(error, key)] as const);
  const shown = entries.filter(([, descriptor]) => descriptor?.enumerable);
  if (shown.length === 0) return "";
  const properties = Object.create(Object.prototype, Object.fromEntries(shown) as PropertyDescriptorMap);
  const text = textOf(properties, { maxArrayLength: 20, maxStringLength: 1000 });
  if (text.length <= MAX_LENGTH) return text;
  return `${text.slice(0, MAX_LENGTH)}\n… ${text.length - MAX_LENGTH} more characters`;
}

function isTold(error: Error, key: PropertyKey): boolean {
  return TOLD.has(key) || (key === "errors" && Array.isArray((error as AggregateError).errors));
}
