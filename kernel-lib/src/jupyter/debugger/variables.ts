import type { Runtime } from "node:inspector";
import type { Inspector } from "./inspector";
import { DebugError, type Variable } from "./protocol";

/** Children of one variable that are told at once; more are told in ranges of as many. */
const PAGE = 100;
/** Characters of a value's text that are told. */
const MAX_TEXT = 2000;

/** What a reference stands for: all properties of an object, or the elements of an array from `start` to `end`. */
type Target = { objectId: string; range?: { start: number; end: number } };

/** Values on the main thread, named by numbers, which tell their properties when asked. */
export class Variables {
  readonly #targets = new Map<number, Target>();
  #references = 0;

  constructor(private readonly inspector: Inspector) {}

  /** Forgets all references: their values may have changed. */
  reset(): void {
    this.#targets.clear();
  }

  /** A number for an object of the inspector's. */
  refer(objectId: string | undefined): number {
    return objectId === undefined ? 0 : this.#add({ objectId });
  }

  /** How a value is shown. */
  describe(name: string, value: Runtime.RemoteObject): Variable {
    return {
      name,
      value: clip(textOf(value)),
      variablesReference: this.#referenceTo(value),
    };
  }

  /** The children of a variable or scope. */
  async children(reference: number): Promise<Variable[]> {
    const target = this.#targets.get(reference);
    if (!target)
      throw new DebugError(
        `variables: variablesReference: ${reference} is not known: the code went on since`,
      );
    if (!target.range) return this.#properties(target.objectId);
    const { start, end } = target.range;
    if (end - start > PAGE) return this.#ranges(target.objectId, start, end);
    const { result } = await this.inspector.call<{ result: Runtime.RemoteObject }>("Runtime.callFunctionOn", {
      objectId: target.objectId,
      functionDeclaration: "function (start, end) { return Array.prototype.slice.call(this, start, end) }",
      arguments: [{ value: start }, { value: end }],
      silent: true,
    });
    const elements = await this.#properties(result.objectId!);
    return elements.flatMap((element) =>
      /^\d+$/.test(element.name) ? { ...element, name: String(start + Number(element.name)) } : [],
    );
  }

  async #properties(objectId: string): Promise<Variable[]> {
    const { result, internalProperties = [] } = await this.inspector.call<Runtime.GetPropertiesReturnType>(
      "Runtime.getProperties",
      { objectId, ownProperties: true, generatePreview: true },
    );
    const own = result.map(({ name, value, get }) =>
      value ? this.describe(name, value) : { name, value: get ? "(getter)" : "", variablesReference: 0 },
    );
    const entries = internalProperties.flatMap(({ name, value }) =>
      value && !/^\[\[(Prototype|FunctionLocation|Scopes|ArrayBuffer.*)\]\]$/.test(name)
        ? this.describe(name, value)
        : [],
    );
    return [...own, ...entries];
  }

  #referenceTo(value: Runtime.RemoteObject): number {
    if (value.objectId === undefined || value.type === "symbol") return 0;
    const length = lengthOf(value);
    return this.#add({
      objectId: value.objectId,
      ...(length > PAGE && { range: { start: 0, end: length } }),
    });
  }

  #ranges(objectId: string, start: number, end: number): Variable[] {
    let size = PAGE;
    while (size * PAGE < end - start) size *= PAGE;
    const ranges: Variable[] = [];
    for (let from = start; from < end; from += size) {
      const to = Math.min(from + size, end);
      const variablesReference = this.#add({ objectId, range: { start: from, end: to } });
      ranges.push({ name: `[${from} … ${to - 1}]`, value: "", variablesReference });
    }
    return ranges;
  }

  #add(target: Target): number {
    this.#targets.set(++this.#references, target);
    return this.#references;
  }
}

/** The number of elements of an array or typed array, as its description has it: `Float64Array(1000)`. */
function lengthOf({ subtype, description = "" }: Runtime.RemoteObject): number {
  if (subtype !== "array" && subtype !== "typedarray") return 0;
  return Number(/\((\d+)\)$/.exec(description)?.[1] ?? 0);
}

/** The name of a value's class or type. */
export function typeOf({ className, subtype, type }: Runtime.RemoteObject): string {
  return className ?? subtype ?? type;
}

/** A value in one line. */
export function textOf(value: Runtime.RemoteObject): string {
  const { type, subtype, preview, description = "" } = value;
  if (type === "string") return JSON.stringify(value.value);
  if (type === "undefined") return "undefined";
  if (type === "function") return firstLine(description);
  if (type !== "object" || subtype === "null")
    return value.unserializableValue ?? (description || String(value.value));
  if (subtype === "error") return firstLine(description);
  if ((subtype as string) === "internal#entry") return description;
  return preview ? previewText(preview, description) : description;
}

function previewText(preview: Runtime.ObjectPreview, description: string): string {
  const { subtype, properties, entries, overflow } = preview;
  const isArray = subtype === "array" || subtype === "typedarray";
  if (properties.length === 0 && !entries && !isArray && description !== "Object") return description;
  const parts = entries
    ? entries.map(({ key, value }) => (key ? `${brief(key)} => ${brief(value)}` : brief(value)))
    : properties
        .filter(({ name }) => !isArray || /^\d+$/.test(name))
        .map((property) => {
          const text =
            property.type === "string" ? JSON.stringify(property.value) : (property.value ?? property.type);
          return isArray ? text : `${property.name}: ${text}`;
        });
  if (overflow) parts.push("…");
  const [open, close] = isArray ? "[]" : "{}";
  const title = description === "Object" ? "" : `${description} `;
  return `${title}${open}${isArray ? "" : " "}${parts.join(", ")}${isArray ? "" : " "}${close}`;
}

function brief({ description = "", type }: Runtime.ObjectPreview): string {
  return type === "string" ? JSON.stringify(description) : description;
}

function firstLine(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? text : `${text.slice(0, end)} …`;
}

function clip(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
