import { operandsOf } from "../operands";
import type { Plan } from "../plan";
import { type Range, share } from "../share";
import { at, type Run, type Seat, type Task } from "./step";
import { steps } from "./steps";

/** The tasks of one layer's run, in their order. */
const parts = {
  /** Prepares the weights, in turn. */
  pack({ operands: { kernel, kernelT, recurrent, recurrentT }, tools }: Run, { index, count }: Seat): void {
    [kernel, kernelT, ...recurrent, ...recurrentT].forEach((operand, k) => {
      if (k % count === index) tools.multiplier.prepare(operand);
    });
  },

  /** The recurrence, for this thread's sequences: z = x·kernel + bias, and the cell's step on it. */
  forward(run: Run, seat: Seat): void {
    const { plan, operands, tools } = run;
    const rows = sequences(plan, seat);
    if (rows.from === rows.to) return;
    const step = steps[plan.kind].forward(run, rows);
    const [height, columns] = [rows.to - rows.from, plan.gates * plan.width];
    for (let k = 0; k < plan.timesteps; k++) {
      const t = plan.backwards ? plan.timesteps - 1 - k : k;
      const [x, z] = [
        at(plan.x, plan, t, rows.from, plan.inputWidth),
        at(plan.z, plan, t, rows.from, columns),
      ];
      tools.multiplier.affine(x, plan.inputWidth, operands.kernel, plan.weights.bias, z, height);
      step(t);
    }
  },

  /** Nothing comes back from behind the last step: dh = dc = 0. */
  end({ plan, tools: { kernels } }: Run, { index }: Seat): void {
    if (index > 0) return;
    kernels.clear(plan.dh, plan.batch * plan.width);
    if (plan.dc) kernels.clear(plan.dc, plan.batch * plan.width);
  },

  /** The recurrence backwards. In: dy, and dh, dc after the last step. Out: dz, and dh, dc before the first. */
  backward(run: Run, seat: Seat): void {
    const { plan } = run;
    const rows = sequences(plan, seat);
    if (rows.from === rows.to) return;
    const step = steps[plan.kind].backward(run, rows);
    for (let k = plan.timesteps - 1; k >= 0; k--) step(plan.backwards ? plan.timesteps - 1 - k : k);
  },

  /** The weights' gradients, for this thread's columns. */
  gradients(run: Run, { index, count }: Seat): void {
    const { plan, tools } = run;
    const columns = plan.gates * plan.width;
    const { from, to } = share(columns, 8, index, count);
    if (from === to) return;
    steps[plan.kind].gradients(run, { from, to }, plan.scratch[index]);
    const rows = plan.timesteps * plan.batch;
    tools.kernels.sumRows(plan.dz + 4 * from, columns, rows, to - from, plan.gradients.bias + 4 * from);
  },

  /** dx = dz·kernelᵀ */
  inputGradient(run: Run, seat: Seat): void {
    const { plan, operands, tools } = run;
    const { dz, dx, height } = inputRows(plan, seat);
    tools.multiplier.affine(dz, plan.gates * plan.width, operands.kernelT, 0, dx, height);
  },

  /** dx += dz·kernelᵀ, after another layer that reads the same input. */
  addInputGradient(run: Run, seat: Seat): void {
    const { plan, operands, tools } = run;
    const { dz, dx, height } = inputRows(plan, seat);
    tools.multiplier.product(dz, plan.gates * plan.width, operands.kernelT, dx, plan.inputWidth, height);
  },
};

/** This thread's share of all steps' rows. */
function inputRows(plan: Plan, { index, count }: Seat) {
  const { from, to } = share(plan.timesteps * plan.batch, 4, index, count);
  const dz = plan.dz + 4 * from * plan.gates * plan.width;
  return { dz, dx: plan.dx + 4 * from * plan.inputWidth, height: to - from };
}

const sequences = (plan: Plan, { index, count }: Seat): Range => share(plan.batch, 4, index, count);

const task =
  (part: (run: Run, seat: Seat) => void): Task<Plan> =>
  (plan, tools, seat) =>
    part({ plan, tools, operands: operandsOf(plan) }, seat);

export const recurrentTasks = {
  recurrentPack: task(parts.pack),
  recurrentForward: task(parts.forward),
  recurrentEnd: task(parts.end),
  recurrentBackward: task(parts.backward),
  recurrentGradients: task(parts.gradients),
  recurrentInputGradient: task(parts.inputGradient),
  recurrentAddInputGradient: task(parts.addInputGradient),
};
