import { isNode, type Node, nodes } from "./nodes";

/**
 * Whether code has namespaces that only TypeScript itself emits rightly: those that export a variable which may change
 * or is only described by `declare`, and those in several parts, in which one part names what another exports.
 *
 * @param program the code's syntax tree
 */
export function hasIntricateNamespaces(program: unknown): boolean {
  for (const block of nodes(program, (type) => type === "Program" || type === "TSModuleBlock")) {
    const names = statements(block).map(declarationIn).filter(isNamespace).map(firstName);
    if (new Set(names).size < names.length) return true;
  }
  for (const namespace of nodes(program, (type) => type === "TSModuleDeclaration")) {
    if (!isNamespace(namespace) || namespace.declare === true) continue;
    const exported = statements(namespace.body as Node).filter(
      ({ type }) => type === "ExportNamedDeclaration",
    );
    if (exported.map(declarationIn).some(mayChange)) return true;
  }
  return false;
}

function statements({ body }: Node): Node[] {
  return body as Node[];
}

/** The declaration that a statement is, or exports. */
function declarationIn(statement: Node): Node {
  return isNode(statement.declaration) ? statement.declaration : statement;
}

function isNamespace({ type, kind, id }: Node): boolean {
  return type === "TSModuleDeclaration" && kind !== "global" && isNode(id) && id.type !== "Literal";
}

/** `A` of `namespace A.B.C`. */
function firstName({ id }: Node): unknown {
  let name = id as Node;
  while (isNode(name.left)) name = name.left;
  return name.name;
}

function mayChange({ type, kind, declare }: Node): boolean {
  return type === "VariableDeclaration" && (kind !== "const" || declare === true);
}
