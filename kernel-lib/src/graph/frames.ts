import type { Matrix } from "../math/matrix";
import type { ComputationGraph, NodeValues } from "./computation-graph";
import type { GraphFrame } from "./graph-figure";

/**
 * The runs of a cell's graph along a sequence: each step is given what the step before passed on.
 *
 * @param xs one matrix [batch, inputSize] a step
 * @param before the state before the first step, by the id of the node that takes it: `{ hBefore, cBefore }`
 * @param next which node's value each of them gets for the following step: `{ hBefore: "h", cBefore: "c" }`
 */
export function runSequence(
  graph: ComputationGraph,
  xs: readonly Matrix[],
  before: NodeValues,
  next: Readonly<Record<string, string>>,
): NodeValues[] {
  let state = before;
  return xs.map((x) => {
    const values = graph.run({ ...state, x });
    state = Object.fromEntries(Object.entries(next).map(([to, from]) => [to, values[from]]));
    return values;
  });
}

/** Frames for a cell's graph along a sequence: at each time step the boxes fill layer by layer. */
export function stepFrames(graph: ComputationGraph, runs: readonly NodeValues[]): GraphFrame[] {
  const layers = graph.layers();
  const deepest = Math.max(...Object.values(layers));
  return runs.flatMap((values, t) =>
    Array.from({ length: deepest + 1 }, (_, layer): GraphFrame => {
      const known = new Set(graph.nodes.filter(({ id }) => layers[id] <= layer).map(({ id }) => id));
      const between = layer < deepest;
      const name = between ? `${t + 1}.${layer}` : String(t + 1);
      return {
        name,
        values,
        known,
        between,
        ...(between && { caption: `Computing time step ${t + 1}` }),
      };
    }),
  );
}

/** Frames for an unrolled graph: what is computed with the first columns, one more each. `names` stand at the slider. */
export function columnFrames(
  graph: ComputationGraph,
  values: NodeValues,
  names: readonly string[],
): GraphFrame[] {
  const layers = graph.layers();
  const columnOf = (id: string) => graph.node(id).column ?? layers[id];
  return names.map((name, column) => ({
    name,
    values,
    known: new Set(graph.nodes.filter(({ id }) => columnOf(id) <= column).map(({ id }) => id)),
  }));
}
