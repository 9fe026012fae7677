import type { Cell, State } from "../cells/cell";
import type { LSTMCache, LSTMState } from "../cells/lstm";
import { dTanh } from "../math/activations";
import { Matrix } from "../math/matrix";
import { assertShape } from "../math/shape";
import { bptt } from "./bptt";
import { unroll } from "./unroll";

/**
 * Exact Jacobians of a cell for one sequence (batch 1), by its own backward pass: the sequence is run in as many
 * equal rows as there are units, and row j is sent back the gradient e_j, so that it returns row j of the Jacobian.
 * Entry [j, k] is the derivative of output j with respect to input k.
 */

/** ∂h_t/∂h_{t−1} for every step t, the factors of the chapter's 6.1; the rest of the state is held. */
export function stepJacobians<S extends State, C>(
  cell: Cell<S, C>,
  xs: readonly Matrix[],
  state?: S,
): Matrix[] {
  const { caches } = unrollCopies("stepJacobians", cell, xs, state);
  return caches.map((cache) => cell.backward(seed(cell, "h"), cache).dState.h);
}

/**
 * ∂h_T/∂h_t for every t from 0 (the state entering the first step) to T − 1, where T is the last step: for a cell
 * whose state is h alone, the products of `stepJacobians`; in general the whole path, through c too.
 */
export function spanJacobians<S extends State, C>(
  cell: Cell<S, C>,
  xs: readonly Matrix[],
  state?: S,
): Matrix[] {
  const { caches } = unrollCopies("spanJacobians", cell, xs, state);
  return bptt(cell, caches, new Array(xs.length), seed(cell, "h")).dStates.map((dState) => dState.h);
}

/** A cell with the LSTM's state and gates: `LSTMCell`, `PeepholeLSTMCell`. */
export type LSTMLike = Cell<LSTMState, LSTMCache>;

/**
 * ∂C_T/∂C_t for every step t = 1 … T − 1, twice (`[t − 1]` in the lists; T is the last step):
 * - `direct`: along the cell state alone, diag(f_{t+1} ⊙ … ⊙ f_T), the chapter's 6.3;
 * - `full`: with the paths through h too, since the later gates see h_t = o_t ⊙ tanh(C_t). o_t is held.
 *
 * @throws RangeError unless there are at least two steps
 */
export function cellStateJacobians(
  cell: LSTMLike,
  xs: readonly Matrix[],
  state?: LSTMState,
): { full: Matrix[]; direct: Matrix[] } {
  if (xs.length < 2)
    throw new RangeError(`cellStateJacobians: xs: expected at least two steps, got ${xs.length}`);
  const { caches } = unrollCopies("cellStateJacobians", cell, xs, state);
  const { dStates } = bptt(cell, caches, new Array(xs.length), seed(cell, "c"));
  const full: Matrix[] = [];
  const direct: Matrix[] = [];
  let path = Matrix.ones(1, cell.units);
  for (let t = xs.length - 1; t >= 1; t--) {
    const { o, tanhC } = caches[t - 1];
    full[t - 1] = dStates[t].c.add(dStates[t].h.mul(o).mul(dTanh(tanhC)));
    path = path.mul(caches[t].f.row(0));
    direct[t - 1] = Matrix.diagonal(path.data);
  }
  return { full, direct };
}

function unrollCopies<S extends State, C>(
  name: string,
  cell: Cell<S, C>,
  xs: readonly Matrix[],
  state: S = cell.zeroState(1),
): { caches: C[] } {
  const copies = (what: string, m: Matrix, dims: Record<string, number>): Matrix => {
    assertShape(`${name}: ${what}`, m, dims);
    return Matrix.ones(cell.units, 1).matmul(m);
  };
  const inputs = xs.map((x, t) => copies(`xs[${t}]`, x, { batch: 1, inputSize: cell.inputSize }));
  const entering = Object.fromEntries(
    Object.entries(state).map(([part, m]) => [part, copies(`state.${part}`, m, { batch: 1, cols: m.cols })]),
  );
  return unroll(cell, inputs, entering as S);
}

function seed<S extends State, C>(cell: Cell<S, C>, part: string): S {
  return { ...cell.zeroState(cell.units), [part]: Matrix.identity(cell.units) };
}
