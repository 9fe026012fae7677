import MagicString from "magic-string";
import { children, isNode, type Node } from "./nodes";
import type { Oxc } from "./oxc";
import type { Transpiled } from "./transpile";

/** What holds in a part of the code. */
interface Context {
  /** The names that are kept under another one, with that. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether `this` is that of the module: undefined. */
  readonly top: boolean;
}

/**
 * Separates a cell from the globals, as a module is: variables that are called like a global get another name, and
 * `this` at the top, which is the global object in a script, becomes undefined.
 *
 * Every identifier of such a name is renamed, whatever it refers to, so that none has to be resolved.
 *
 * @param names the names to change, with their new ones
 */
export function isolate(oxc: Oxc, { js, map }: Transpiled, names: ReadonlyMap<string, string>): Transpiled {
  const text = new MagicString(js);
  const { program } = oxc.parse("cell.js", js, { sourceType: "module", lang: "js" });
  for (const statement of program.body) visit(text, statement as unknown as Node, { names, top: true });
  if (!text.hasChanged()) return { js, map };
  const edits = text.generateMap({ hires: "boundary", source: "cell.js" });
  const combined = oxc.remapping([{ ...edits, version: 3, file: "cell.js" }, map], () => null);
  return { js: text.toString(), map: JSON.parse(JSON.stringify(combined)) };
}

function visit(text: MagicString, node: Node, context: Context): void {
  const { names, top } = context;
  const rename = (one: Node, shown: (kept: string) => string = (kept) => kept): void => {
    const name = String(one.name);
    const kept = names.get(name);
    if (kept !== undefined) text.overwrite(one.start, one.start + name.length, shown(kept));
  };
  const into = (nested: unknown, inner: Context = context): void => {
    if (isNode(nested)) visit(text, nested, inner);
  };
  switch (node.type) {
    case "Identifier":
      rename(node);
      break;
    case "ThisExpression":
      if (top) text.overwrite(node.start, node.end, "(void 0)");
      break;
    case "MemberExpression":
      into(node.object);
      if (node.computed) into(node.property);
      break;
    case "Property":
      if (node.computed) into(node.key);
      if (!node.shorthand) into(node.value);
      else {
        const [key, value] = [node.key as Node, node.value as Node];
        rename(key, (kept) => `${String(key.name)}:${kept}`);
        if (value.type === "AssignmentPattern") into(value.right);
      }
      break;
    case "MethodDefinition":
    case "PropertyDefinition":
      if (node.computed) into(node.key);
      into(node.value, { names, top: false });
      break;
    case "LabeledStatement":
      into(node.body);
      break;
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty":
    case "ExportSpecifier":
      break;
    case "ImportSpecifier": {
      const [imported, local] = [node.imported as Node, node.local as Node];
      rename(local, (kept) => (imported.start === local.start ? `${String(local.name)} as ${kept}` : kept));
      break;
    }
    case "ExportDefaultDeclaration": {
      const declaration = node.declaration as Node;
      const id = declaration.id as Node | null | undefined;
      if (declaration.type === "ClassDeclaration" && names.has(String(id?.name)))
        text.remove(node.start, declaration.start);
      into(declaration);
      break;
    }
    case "ClassDeclaration":
      if (top) topClass(text, node, context);
      else visitAll(text, node, context);
      break;
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "StaticBlock":
      visitAll(text, node, { names, top: false });
      break;
    default:
      visitAll(text, node, context);
  }
}

function visitAll(text: MagicString, node: Node, context: Context): void {
  for (const child of children(node)) visit(text, child, context);
}

/** `class A {}` → `let A$cell = class A {};`: the class has its name, by which it also calls itself. */
function topClass(text: MagicString, node: Node, { names, top }: Context): void {
  const id = node.id as Node | null;
  const name = String(id?.name);
  const others = new Map([...names].filter(([one]) => one !== name));
  const kept = names.get(name);
  if (kept !== undefined) {
    text.appendLeft(node.start, `let ${kept} = `);
    text.appendLeft(node.end, ";");
  }
  for (const child of children(node)) if (child !== id) visit(text, child, { names: others, top });
}
