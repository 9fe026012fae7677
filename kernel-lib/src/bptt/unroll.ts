import type { Cell, State } from "../cells/cell";
import type { Matrix } from "../math/matrix";
import { assertNotEmpty } from "../math/shape";

/** Every step's output, every step's cache, and the state after the last step. */
export type Unrolled<S extends State, C> = { hs: Matrix[]; caches: C[]; state: S };

/**
 * Runs a cell along a sequence: (h_t, state_t) = cell(x_t, state_{t−1}).
 *
 * @param xs one matrix [batch, inputSize] a step
 * @param state the state entering the first step; zeros unless given
 * @throws RangeError if `xs` is empty, or a step's shape does not fit
 */
export function unroll<S extends State, C>(
  cell: Cell<S, C>,
  xs: readonly Matrix[],
  state?: S,
): Unrolled<S, C> {
  assertNotEmpty("unroll: xs", xs);
  const hs: Matrix[] = [];
  const caches: C[] = [];
  let current = state ?? cell.zeroState(xs[0].rows);
  for (const x of xs) {
    const step = cell.forward(x, current);
    current = step.state;
    hs.push(current.h);
    caches.push(step.cache);
  }
  return { hs, caches, state: current };
}
