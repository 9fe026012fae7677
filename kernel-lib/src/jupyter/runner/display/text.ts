import { type InspectOptions, inspect, types as kinds } from "node:util";

/** The longest text of an object, in characters: a model of a neural network may have megabytes of it. */
const MAX_LENGTH = 50_000;

/** The text of any value, as Node.js writes it. Never throws, and calls no getter of the value. */
export function textOf(value: unknown, options: InspectOptions = {}): string {
  try {
    const text = inspect(value, options);
    if (typeof value === "string" || text.length <= MAX_LENGTH) return text;
    return `${text.slice(0, MAX_LENGTH)}\n… ${text.length - MAX_LENGTH} more characters`;
  } catch (error) {
    return withoutOwnText(value, error);
  }
}

/** A value in a table's cell. */
export function cellText(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : oneLine(value);
}

/** A value in one line, in short. */
export function oneLine(value: unknown): string {
  const options = { depth: 1, breakLength: Infinity, maxArrayLength: 6, maxStringLength: 80 };
  const text = textOf(value, options).replace(/\s*\n\s*/g, " ");
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

/** Reads a property, or undefined where reading it throws. */
export function peek(object: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(object, key);
  } catch {
    return undefined;
  }
}

function withoutOwnText(value: unknown, error: unknown): string {
  const kind = kinds.isProxy(value) ? "proxy" : typeof value;
  return `[${kind} whose text cannot be made: ${inspect(error, { customInspect: false, depth: 0 }).split("\n")[0]}]`;
}
