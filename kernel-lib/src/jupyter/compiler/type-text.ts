import { children, isNode, type Node } from "./nodes";
import type { Oxc } from "./oxc";

/** The outer names that a written type uses. */
export interface TypeNames {
  /** Names of types and namespaces. */
  readonly types: ReadonlySet<string>;
  /** Names after `typeof`. */
  readonly values: ReadonlySet<string>;
}

/**
 * The names that a type printed by the checker refers to, or undefined where the text can't stand in a declaration:
 * it is no type (`unique symbol`, `(Anonymous class)`), or it names a module by its path.
 */
export function namesInType(oxc: Oxc, text: string): TypeNames | undefined {
  if (/\bunique symbol\b/.test(text)) return undefined;
  const { program, errors } = oxc.parse("type.ts", `type _ = ${text};`, { lang: "ts", sourceType: "module" });
  if (errors.length > 0) return undefined;
  const types = new Set<string>();
  const values = new Set<string>();
  const bound = new Set<string>();
  let writable = true;
  const visit = (node: Node): void => {
    if (node.type === "TSImportType" || node.type === "TSThisType") writable = false;
    if (node.type === "TSTypeParameter") bound.add(nameOf(node.name));
    if (node.type === "TSMappedType") bound.add(nameOf(node.key));
    if (node.type === "TSTypeReference") types.add(nameOf(node.typeName));
    if (node.type === "TSTypeQuery") values.add(nameOf(node.exprName));
    for (const child of children(node)) visit(child);
  };
  const [alias] = program.body;
  if (alias?.type !== "TSTypeAliasDeclaration" || program.body.length !== 1) return undefined;
  visit(alias.typeAnnotation as unknown as Node);
  for (const name of bound) types.delete(name);
  return writable ? { types, values } : undefined;
}

/** The first name of `a.b.c`. */
function nameOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (!isNode(value)) return "";
  return value.type === "TSQualifiedName" ? nameOf(value.left) : String(value.name);
}
