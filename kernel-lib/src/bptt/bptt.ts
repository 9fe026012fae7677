import type { Cell, Params, State } from "../cells/cell";
import { accumulate, zerosLike } from "../cells/params";
import type { Matrix } from "../math/matrix";
import { assertLength } from "../math/shape";

/**
 * ∂L/∂params summed over the steps, ∂L/∂x_t for every step, and in `dStates[t]` ∂L/∂(the state entering step t),
 * so that `dStates[0]` is the gradient of the initial state.
 */
export type Backpropagated<S extends State> = { grads: Params; dxs: Matrix[]; dStates: S[] };

/**
 * Backpropagation through time, the chapter's 6.1 (Werbos 1990): from the last step to the first, each step's
 * gradient ∂L_t/∂h_t joins the one that arrives from the future.
 *
 * @param caches of `unroll`
 * @param dhs `dhs[t]` = ∂L_t/∂h_t; undefined where step t has no loss of its own
 * @param dFinal ∂L/∂(the state after the last step), as a decoder sends it to its encoder; zeros unless given
 * @throws RangeError if `dhs` and `caches` differ in length, or no gradient is given at all
 */
export function bptt<S extends State, C>(
  cell: Cell<S, C>,
  caches: readonly C[],
  dhs: ReadonlyArray<Matrix | undefined>,
  dFinal?: S,
): Backpropagated<S> {
  assertLength("bptt: dhs", dhs, "timesteps", caches.length);
  const some = dFinal?.h ?? dhs.find((dh) => dh !== undefined);
  if (some === undefined)
    throw new RangeError("bptt: dhs: expected a gradient for at least one step, got none");
  const grads = zerosLike(cell.params);
  const dxs: Matrix[] = [];
  const dStates: S[] = [];
  let dState = dFinal ?? cell.zeroState(some.rows);
  for (let t = caches.length - 1; t >= 0; t--) {
    const dh = dhs[t];
    const step = cell.backward(dh ? { ...dState, h: dState.h.add(dh) } : dState, caches[t]);
    accumulate(grads, step.grads);
    dxs[t] = step.dx;
    dState = dStates[t] = step.dState;
  }
  return { grads, dxs, dStates };
}
