import { operandsOf } from "../operands";
import type { Plan } from "../plan";
import { type Range, share } from "../share";
import type { Run, Seat, Task } from "./step";
import { steps } from "./steps";

/** The tasks of one layer's run, in their order. */
const parts = {
  /** Prepares the weights, in turn. */
  pack({ operands: { kernel, kernelT, recurrent, recurrentT }, tools }: Run, { index, count }: Seat): void {
    [kernel, kernelT, ...recurrent, ...recurrentT].forEach((operand, k) => {
      if (k % count === index) tools.multiplier.prepare(operand);
    });
  },

  /** z = x·kernel + bias for all steps at once. */
  input({ plan, operands, tools: { multiplier } }: Run, { index, count }: Seat): void {
    const { from, to } = share(plan.timesteps * plan.batch, 4, index, count);
    if (from === to) return;
    const columns = plan.gates * plan.width;
    const [x, z] = [plan.x + 4 * from * plan.inputWidth, plan.z + 4 * from * columns];
    multiplier.affine(x, plan.inputWidth, operands.kernel, plan.weights.bias, z, to - from);
  },

  /** The recurrence, for this thread's sequences. */
  forward(run: Run, seat: Seat): void {
    const rows = sequences(run.plan, seat);
    if (rows.from === rows.to) return;
    const step = steps[run.plan.kind].forward(run, rows);
    for (let t = 0; t < run.plan.timesteps; t++) step(t);
  },

  /** Nothing comes back from behind the last step: dh = dc = 0. */
  end({ plan, tools: { kernels } }: Run, { index }: Seat): void {
    if (index > 0) return;
    kernels.clear(plan.dh, plan.batch * plan.width);
    if (plan.dc) kernels.clear(plan.dc, plan.batch * plan.width);
  },

  /** The recurrence backwards. In: dy, and dh, dc after the last step. Out: dz, and dh, dc before the first. */
  backward(run: Run, seat: Seat): void {
    const rows = sequences(run.plan, seat);
    if (rows.from === rows.to) return;
    const step = steps[run.plan.kind].backward(run, rows);
    for (let t = run.plan.timesteps - 1; t >= 0; t--) step(t);
  },

  /** The weights' gradients, for this thread's columns, and dx, where it is wanted, for its rows. */
  gradients(run: Run, { index, count }: Seat): void {
    const { plan, operands, tools } = run;
    const { gradients, inputWidth, dz } = plan;
    const { kernels, multiplier } = tools;
    const columns = plan.gates * plan.width;
    const n = plan.timesteps * plan.batch;

    const { from, to } = share(columns, 8, index, count);
    if (from < to) {
      steps[plan.kind].gradients(run, { from, to }, plan.scratch[index]);
      kernels.sumRows(dz + 4 * from, columns, n, to - from, gradients.bias + 4 * from);
    }

    const rows = share(n, 4, index, count);
    if (!plan.dx || rows.from === rows.to) return;
    const [dx, height] = [plan.dx + 4 * rows.from * inputWidth, rows.to - rows.from];
    multiplier.affine(dz + 4 * rows.from * columns, columns, operands.kernelT, 0, dx, height);
  },
};

const sequences = (plan: Plan, { index, count }: Seat): Range => share(plan.batch, 4, index, count);

const task =
  (part: (run: Run, seat: Seat) => void): Task<Plan> =>
  (plan, tools, seat) =>
    part({ plan, tools, operands: operandsOf(plan) }, seat);

export const recurrentTasks = {
  recurrentPack: task(parts.pack),
  recurrentInput: task(parts.input),
  recurrentForward: task(parts.forward),
  recurrentEnd: task(parts.end),
  recurrentBackward: task(parts.backward),
  recurrentGradients: task(parts.gradients),
};
