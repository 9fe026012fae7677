/** A node of a syntax tree in ESTree's form. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** The nodes of a tree that are of a kind, in the order of the code. */
export function* nodes(tree: unknown, is: (type: string) => boolean): Generator<Node, undefined> {
  if (!isNode(tree)) return;
  if (is(tree.type)) yield tree;
  for (const child of children(tree)) yield* nodes(child, is);
}

/** The nodes directly below a node. */
export function children(node: Node): Node[] {
  return Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]).filter(isNode));
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}
