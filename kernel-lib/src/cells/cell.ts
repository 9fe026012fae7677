import type { Matrix } from "../math/matrix";

/** Named parameters, or their gradients under the same names. */
export type Params = Record<string, Matrix>;

/** What a cell carries from step to step; `h` [batch, units] is also its output. */
export type State = { h: Matrix } & Record<string, Matrix>;

/**
 * One step of a recurrent network: all that `unroll` and `bptt` ask. The loop over time stays outside.
 *
 * `forward` returns the next state and what `backward` needs of this step. `backward` takes ∂L/∂(the state that
 * this step returned), and returns ∂L/∂x, ∂L/∂(the state that it was given) and this step's share of ∂L/∂params.
 */
export interface Cell<S extends State, Cache> {
  readonly params: Params;
  readonly inputSize: number;
  readonly units: number;
  zeroState(batch: number): S;
  forward(x: Matrix, state: S): { state: S; cache: Cache };
  backward(dState: S, cache: Cache): { dx: Matrix; dState: S; grads: Params };
}
