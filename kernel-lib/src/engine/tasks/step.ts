import type { Kernels } from "../kernels";
import type { Gradient, Multiplier } from "../multiplier";
import type { Operands } from "../operands";
import type { Plan } from "../plan";
import type { Range } from "../share";

/** What a thread works with: elementwise kernels and products, on the arena's memory. */
export type Tools = {
  readonly kernels: Kernels;
  readonly multiplier: Multiplier;
  /** The float at an address. */
  float(address: number): number;
};
/** Which of how many parts of a task this is. */
export type Seat = { readonly index: number; readonly count: number };
/**
 * A part of a job. All threads run the same task at the same time, each part on rows or columns of its own: no two ever
 * sum into the same element, so the number of threads cannot change a bit.
 */
export type Task<J> = (job: J, tools: Tools, seat: Seat) => void;
export type Run = { readonly plan: Plan; readonly tools: Tools; readonly operands: Operands };

/** How a kind of cell takes a step: for the sequences `rows` of the batch, and for its weights' columns. */
export interface Steps {
  forward(run: Run, rows: Range): (t: number) => void;
  backward(run: Run, rows: Range): (t: number) => void;
  /** The gradients of both kernels' `columns`, and of what other weights there are besides the bias, over all steps. */
  gradients(run: Run, columns: Range, scratch: number): void;
}

/** The address of row `row` of step `t` in a tensor [timesteps, batch, width]. */
export const at = (base: number, { batch }: Plan, t: number, row: number, width: number): number =>
  base + 4 * (t * batch + row) * width;

/** The gradient of the kernel, from its column `from` on: what the input adds. */
export const kernelGradient = (plan: Plan, from: number): Gradient => ({
  a: plan.x,
  lda: plan.inputWidth,
  c: plan.gradients.kernel + 4 * from,
  ldc: plan.gates * plan.width,
  m: plan.inputSize,
});
/** That of the recurrent kernel, for the states `seen` [timesteps, batch, width] that the column was multiplied with. */
export const recurrentGradient = (plan: Plan, from: number, seen = plan.h.before): Gradient => ({
  a: seen,
  lda: plan.width,
  c: plan.gradients.recurrentKernel + 4 * from,
  ldc: plan.gates * plan.width,
  m: plan.units,
});

/** The address of the mask's entry, 0 where there is no mask. */
export const maskAt = (plan: Plan, t: number, row: number): number =>
  plan.mask && at(plan.mask, plan, t, row, 1);
