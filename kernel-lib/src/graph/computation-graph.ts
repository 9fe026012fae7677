import type { Matrix } from "../math/matrix";

/** What a node does: it is given from outside, joins vectors, has weights, works element by element, or is a whole cell. */
export type NodeKind = "input" | "join" | "weighted" | "elementwise" | "cell" | "output";

export interface GraphNode {
  /** Unique in its graph. */
  readonly id: string;
  /** What stands in its box, such as "fₜ = σ": at most about nine characters. */
  readonly label: string;
  /** Its role in a few words, such as "forget gate". */
  readonly meaning: string;
  readonly equation: string;
  readonly kind: NodeKind;
  /** Ids of the nodes it reads, in the order in which `compute` takes their values. */
  readonly inputs: readonly string[];
  /** Its value from the values of `inputs`; a node without it is given when the graph runs. */
  readonly compute?: (...values: Matrix[]) => Matrix;
  /** Where it is drawn: the line, counted from the top, and the column where `layers` does not suit. */
  readonly lane: number;
  readonly column?: number;
  /** The value in a word, such as the token that it stands for. */
  readonly says?: (value: Matrix) => string;
}

/** Values [batch, features] of nodes, by id. */
export type NodeValues = Readonly<Record<string, Matrix>>;

/** Operations and what they read: one step of a cell, or a network along its sequence. Nodes stand after their inputs. */
export class ComputationGraph {
  readonly title: string;
  readonly nodes: readonly GraphNode[];
  private readonly byId: ReadonlyMap<string, GraphNode>;

  /** @throws RangeError if an id is taken twice, or a node reads one that does not stand before it */
  constructor(title: string, nodes: readonly GraphNode[]) {
    const byId = new Map<string, GraphNode>();
    for (const node of nodes) {
      const unknown = node.inputs.find((input) => !byId.has(input));
      if (unknown !== undefined)
        throw new RangeError(
          `ComputationGraph: node "${node.id}": inputs: expected nodes that stand before it, got "${unknown}"`,
        );
      if (byId.has(node.id))
        throw new RangeError(`ComputationGraph: nodes: expected ids that differ, got "${node.id}" twice`);
      byId.set(node.id, node);
    }
    this.title = title;
    this.nodes = nodes;
    this.byId = byId;
  }

  /** @throws RangeError if there is no such node */
  node(id: string): GraphNode {
    const node = this.byId.get(id);
    if (!node)
      throw new RangeError(
        `ComputationGraph.node: id: expected one of ${[...this.byId.keys()].join(", ")}, got "${id}"`,
      );
    return node;
  }

  /**
   * The value of every node. A value given for a node that could be computed replaces the computed one.
   *
   * @throws RangeError if a node that has to be given is missing
   */
  run(given: NodeValues): NodeValues {
    const values: Record<string, Matrix> = {};
    for (const { id, inputs, compute } of this.nodes) {
      const value = given[id] ?? compute?.(...inputs.map((input) => values[input]));
      if (!value) throw new RangeError(`ComputationGraph.run: given: expected a value for "${id}", got none`);
      values[id] = value;
    }
    return values;
  }

  /** For each node the length of the longest way to it: what has to be computed before it. */
  layers(): Readonly<Record<string, number>> {
    const layers: Record<string, number> = {};
    for (const { id, inputs } of this.nodes)
      layers[id] = inputs.reduce((deepest, input) => Math.max(deepest, layers[input] + 1), 0);
    return layers;
  }

  /** Every way along which `from` reaches `to`, as the ids passed, both ends included. */
  paths(from: string, to: string): string[][] {
    this.node(from);
    const { inputs } = this.node(to);
    if (from === to) return [[to]];
    return inputs.flatMap((input) => this.paths(from, input).map((path) => [...path, to]));
  }
}
