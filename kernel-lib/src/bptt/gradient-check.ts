import type { Params } from "../cells/cell";
import type { Matrix } from "../math/matrix";
import { assertShape } from "../math/shape";

/** The worst entry that a gradient check found. */
export type GradientCheck = {
  name: string;
  index: number;
  analytic: number;
  numeric: number;
  relativeError: number;
};

/**
 * The largest relative difference between `grads` and the central differences of `loss`,
 * (L(p + ε) − L(p − ε)) / 2ε, over every entry of every matrix in `params`. Inputs and states are checked in the
 * same way: `gradientCheck(loss, named("x", xs), named("x", dxs))`.
 *
 * The difference is taken relative to |analytic| + |numeric|, but to 10⁻³ at least, below which rounding rules. NaN counts
 * as an infinite error.
 *
 * @param loss must read the matrices in `params` anew at every call; each entry is moved and put back
 * @throws RangeError if `grads` lacks a name or has another shape
 */
export function gradientCheck(
  loss: () => number,
  params: Params,
  grads: Params,
  epsilon = 1e-5,
): GradientCheck {
  let worst: GradientCheck = { name: "", index: -1, analytic: 0, numeric: 0, relativeError: 0 };
  for (const [name, { rows, cols, data }] of Object.entries(params)) {
    if (!(name in grads))
      throw new RangeError(`gradientCheck: grads: expected ${name}, got ${Object.keys(grads).join(", ")}`);
    assertShape(`gradientCheck: grads.${name}`, grads[name], { rows, cols });
    for (let index = 0; index < data.length; index++) {
      const value = data[index];
      data[index] = value + epsilon;
      const up = loss();
      data[index] = value - epsilon;
      const down = loss();
      data[index] = value;
      const numeric = (up - down) / (2 * epsilon);
      const analytic = grads[name].data[index];
      const difference =
        Math.abs(numeric - analytic) / Math.max(1e-3, Math.abs(numeric) + Math.abs(analytic));
      const relativeError = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
      if (relativeError > worst.relativeError) worst = { name, index, analytic, numeric, relativeError };
    }
  }
  return worst;
}

/** The matrices of a sequence under the names prefix0, prefix1, …, for `gradientCheck`. */
export function named(prefix: string, sequence: readonly Matrix[]): Params {
  return Object.fromEntries(sequence.map((m, t) => [`${prefix}${t}`, m]));
}
