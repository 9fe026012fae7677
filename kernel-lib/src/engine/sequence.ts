import { operandsOf } from "./operands";
import type { Plan } from "./plan";
import { type Range, share } from "./share";
import type { Run, Tools } from "./step";
import { steps } from "./steps";

/** Which of how many threads this is. */
export type Seat = { readonly index: number; readonly count: number };

/**
 * The phases of one layer's run. All threads run the same phase at the same time, each on rows or columns of its own:
 * no two ever sum into the same element, so the number of threads cannot change a bit.
 */
export const phases = ["pack", "input", "forward", "backward", "gradients"] as const;
export type Phase = (typeof phases)[number];

/** This thread's part of a phase. */
export function runPhase(phase: Phase, plan: Plan, tools: Tools, seat: Seat): void {
  parts[phase]({ plan, tools, operands: operandsOf(plan) }, seat);
}

const parts: Record<Phase, (run: Run, seat: Seat) => void> = {
  /** Prepares the weights, in turn. */
  pack({ operands: { kernel, kernelT, recurrent, recurrentT }, tools }, { index, count }) {
    [kernel, kernelT, ...recurrent, ...recurrentT].forEach((operand, k) => {
      if (k % count === index) tools.multiplier.prepare(operand);
    });
  },

  /** z = x·kernel + bias for all steps at once. */
  input({ plan, operands, tools: { kernels, multiplier } }, { index, count }) {
    const { from, to } = share(plan.timesteps * plan.batch, 4, index, count);
    if (from === to) return;
    const columns = plan.gates * plan.width;
    const [x, z] = [plan.x + 4 * from * plan.inputWidth, plan.z + 4 * from * columns];
    kernels.broadcastRow(plan.weights.bias, z, to - from, columns);
    multiplier.product(x, plan.inputWidth, operands.kernel, z, columns, to - from);
  },

  /** The recurrence, for this thread's sequences. */
  forward(run, seat) {
    const rows = sequences(run.plan, seat);
    if (rows.from === rows.to) return;
    const step = steps[run.plan.kind].forward(run, rows);
    for (let t = 0; t < run.plan.timesteps; t++) step(t);
  },

  /** The recurrence backwards. In: dy, and dh, dc after the last step. Out: dz, and dh, dc before the first. */
  backward(run, seat) {
    const rows = sequences(run.plan, seat);
    if (rows.from === rows.to) return;
    const step = steps[run.plan.kind].backward(run, rows);
    for (let t = run.plan.timesteps - 1; t >= 0; t--) step(t);
  },

  /** The weights' gradients, for this thread's columns, and dx, for its rows. */
  gradients(run, { index, count }) {
    const { plan, operands, tools } = run;
    const { gradients, inputSize, inputWidth, dz } = plan;
    const { kernels, multiplier } = tools;
    const columns = plan.gates * plan.width;
    const n = plan.timesteps * plan.batch;
    const scratch = plan.scratch[index];

    const { from, to } = share(columns, 8, index, count);
    if (from < to) {
      const [out, part, width] = [gradients.kernel + 4 * from, dz + 4 * from, to - from];
      multiplier.gradient(plan.x, inputWidth, part, columns, out, columns, inputSize, width, n, scratch);
      kernels.sumRows(part, columns, n, width, gradients.bias + 4 * from);
      steps[plan.kind].gradients(run, { from, to }, scratch);
    }

    const rows = share(n, 4, index, count);
    if (rows.from === rows.to) return;
    const [dx, height] = [plan.dx + 4 * rows.from * inputWidth, rows.to - rows.from];
    kernels.clear(dx, height * inputWidth);
    multiplier.product(dz + 4 * rows.from * columns, columns, operands.kernelT, dx, inputWidth, height);
  },
};

const sequences = (plan: Plan, { index, count }: Seat): Range => share(plan.batch, 4, index, count);
