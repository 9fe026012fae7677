import type MagicString from "magic-string";
import type { Of } from "./oxc";
import type { Span } from "./positions";

/** `import { b } from "a"` → `let {b} = await __kernelImport("a", "static");`; names that are only types are left out. */
export function staticImport(
  statement: Of<"ImportDeclaration">,
  js: string,
  typeOnly: ReadonlySet<string>,
): string {
  const specifiers = statement.specifiers.filter(({ local }) => !typeOnly.has(local.name));
  if (statement.specifiers.length > 0 && specifiers.length === 0) return ";";
  const attributes = statement.attributes.map(
    ({ key, value }) => `${js.slice(key.start, key.end)}:${value.raw}`,
  );
  const call = importCall(statement.source.value, attributes);
  const names: string[] = [];
  const statements: string[] = [];
  for (const specifier of specifiers) {
    const local = specifier.local.name;
    if (specifier.type === "ImportNamespaceSpecifier") statements.push(`let ${local}=${call};`);
    else if (specifier.type === "ImportDefaultSpecifier") names.push(`default:${local}`);
    else names.push(`${js.slice(specifier.imported.start, specifier.imported.end)}:${local}`);
  }
  if (names.length > 0) statements.push(`let {${names.join(",")}}=${call};`);
  return statements.length > 0 ? statements.join("") : importForEffect(statement.source.value, attributes);
}

/** A block with only a declaration has no completion value, so the cell keeps that of its last statement. */
export function importForEffect(source: string, attributes: readonly string[] = []): string {
  return `{let _=${importCall(source, attributes)};}`;
}

/** `import(a, { with: b })` → `__kernelImport(a, "dynamic", ({ with: b })?.with)`. */
export function dynamicImport(
  text: MagicString,
  js: string,
  start: number,
  specifier: Span,
  end: number,
): void {
  text.overwrite(start, start + "import".length, "__kernelImport");
  text.appendLeft(specifier.end, ',"dynamic"');
  const rest = js.slice(specifier.end, end - 1);
  const options = /^\s*,\s*(?=\S)/.exec(rest)?.[0];
  if (options === undefined) return;
  text.appendLeft(specifier.end + options.length, "(");
  text.appendLeft(end - 1, ")?.with");
}

function importCall(source: string, attributes: readonly string[]): string {
  const more = attributes.length > 0 ? `,{${attributes.join(",")}}` : "";
  return `await __kernelImport(${JSON.stringify(source)},"static"${more})`;
}
