import type { Cell } from "../cells/cell";
import type { Dense } from "../cells/dense";
import type { Matrix } from "../math/matrix";
import { ComputationGraph, type GraphNode } from "./computation-graph";
import { cellNode, input, subscript } from "./nodes";

/**
 * A network unrolled over `timesteps`: the same cell and the same head at every step. Give it `x1`, `x2`, … and `h0`; it
 * computes `h1`, … and `y1`, …
 */
export function unrolledGraph<C>(
  { cell, head, name }: { cell: Cell<{ h: Matrix }, C>; head: Dense; name: string },
  timesteps: number,
): ComputationGraph {
  const steps = Array.from({ length: timesteps }, (_, k): GraphNode[] => {
    const [t, now] = [k + 1, subscript(k + 1)];
    return [
      input(`x${t}`, `x${now}`, `input of step ${t}`, { lane: 0, column: t }),
      cellNode(cell, {
        id: `h${t}`,
        symbol: `h${now}`,
        name,
        meaning: "the same cell",
        reads: { id: `x${t}`, symbol: `x${now}` },
        before: { id: `h${k}`, symbol: `h${subscript(k)}` },
        column: t,
      }),
      {
        id: `y${t}`,
        label: `y${now}`,
        meaning: `output of step ${t}`,
        equation: `y${now} = W_hy·h${now} + b_y`,
        kind: "weighted",
        inputs: [`h${t}`],
        compute: (h) => head.forward(h).y,
        lane: 2,
        column: t,
      },
    ];
  });
  return new ComputationGraph(`${name} unrolled over ${timesteps} steps`, [
    input("h0", "h₀", "empty memory", { lane: 1, column: 0 }),
    ...steps.flat(),
  ]);
}
