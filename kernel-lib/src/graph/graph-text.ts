import type { ComputationGraph, GraphNode, NodeValues } from "./computation-graph";

/** A number as people write it: with a real minus sign, and none before a zero. */
export function decimal(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return text.replace("-", Number(text) === 0 ? "" : "−");
}

const short = (value: ArrayLike<number>, digits: number) =>
  `[${Array.from(value, (v) => decimal(v, digits)).join(", ")}]`;

export interface GraphRow extends Record<string, string> {
  node: string;
  role: string;
  equation: string;
  reads: string;
  shape: string;
  value: string;
}

/** The graph in words, one row a node in the order of computation: what the picture shows, for `table`. */
export function graphRows(graph: ComputationGraph, values: NodeValues): GraphRow[] {
  return graph.nodes.map((node) => ({
    node: node.label,
    role: node.meaning,
    equation: node.equation,
    reads: node.inputs.map((input) => graph.node(input).label).join(" and "),
    shape: shapeOf(values, node.id),
    value: valueIn(node, values),
  }));
}

export const shapeOf = (values: NodeValues, id: string): string => `[${values[id].rows}, ${values[id].cols}]`;

/** A node's first row, or the word that it stands for. */
export const valueIn = ({ id, says }: GraphNode, values: NodeValues): string =>
  says?.(values[id]) ?? short(values[id].row(0).data, 4);

/** All of a node's first row, for a hover text: six elements a line at most. */
export function exactValue(values: NodeValues, id: string): string {
  const numbers = Array.from(values[id].row(0).data, (v) => decimal(v, 4));
  const lines = Array.from({ length: Math.ceil(numbers.length / 6) }, (_, k) =>
    numbers.slice(6 * k, 6 * k + 6).join(", "),
  );
  return `[${lines.join(",<br>")}]`;
}

/** The results of a run in words: what the nodes hold that no other reads. */
export function describeResults({ nodes }: ComputationGraph, values: NodeValues): string {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  return nodes
    .filter(({ id }) => !read.has(id))
    .map((node) => `${node.label} is ${valueIn(node, values)}`)
    .join(", ");
}

/** The graph in one sentence: how many operations there are, from what to what. */
export function describeGraph({ title, nodes }: ComputationGraph): string {
  const named = (kind: string) => nodes.filter((node) => node.kind === kind).map(({ label }) => label);
  const given = nodes.filter(({ compute }) => !compute).map(({ label }) => label);
  const computed = nodes.length - given.length - named("output").length;
  const results = named("output");
  return `${title}: ${computed} operations on ${given.join(", ")}${results.length ? `, which give ${results.join(" and ")}` : ""}.`;
}
