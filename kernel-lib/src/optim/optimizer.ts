import type { Params } from "../cells/cell";
import { assertShape } from "../math/shape";

/** An optimizer's memory as plain numbers: what JSON can hold. */
export type OptimizerState = {
  readonly step: number;
  /** For each quantity that is remembered, one list of numbers a parameter. */
  readonly slots: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
};

/**
 * Moves parameters against their gradients, in place. Gradient, clipping and update stay apart: clip before you
 * update. `learningRate` may be changed between updates, for a schedule.
 */
export interface Optimizer {
  learningRate: number;
  /** @throws RangeError if `grads` lacks a parameter or has another shape */
  update(params: Params, grads: Params): void;
  /** A copy of the memory; after `load` of it, training goes on as if it had not been cut off. */
  save(): OptimizerState;
  load(state: OptimizerState): void;
}

/** Calls `f` with each parameter and its gradient. @throws RangeError if they do not fit together */
export function eachParameter(
  optimizer: string,
  params: Params,
  grads: Params,
  f: (param: Float64Array, grad: Float64Array, name: string) => void,
): void {
  for (const [name, { rows, cols, data }] of Object.entries(params)) {
    if (!(name in grads))
      throw new RangeError(
        `${optimizer}.update: grads: expected ${name}, got ${Object.keys(grads).join(", ")}`,
      );
    assertShape(`${optimizer}.update: grads.${name}`, grads[name], { rows, cols });
    f(data, grads[name].data, name);
  }
}

/** @throws RangeError unless `value` is a finite number > 0 */
export function assertRate(what: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value)))
    throw new RangeError(`${what}: expected a finite number > 0, got ${value}`);
}
