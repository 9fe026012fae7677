import { at, kernelGradient, maskAt, recurrentGradient, type Steps } from "./step";

/** The GRU whose reset comes after the recurrent product, which has a bias of its own. */
export const gruResetAfterSteps: Steps = {
  forward({ plan, tools: { kernels, multiplier }, operands }, { from, to }) {
    const { width, h, z, u, weights } = plan;
    const [columns, rows, kernel] = [3 * width, to - from, operands.recurrent[0]];
    return (t) => {
      const before = at(h.before, plan, t, from, width);
      const recurrent = at(u, plan, t, from, columns);
      multiplier.affine(before, width, kernel, weights.recurrentBias, recurrent, rows);
      const [gates, after] = [at(z, plan, t, from, columns), at(h.after, plan, t, from, width)];
      kernels.gruResetAfterForward(gates, recurrent, before, after, maskAt(plan, t, from), rows, width);
    };
  },

  backward({ plan, tools: { kernels, multiplier }, operands }, { from, to }) {
    const { width, h, z, u, dz, dy } = plan;
    const [columns, rows] = [3 * width, to - from];
    const dh = at(plan.dh, plan, 0, from, width);
    return (t) => {
      const recurrent = at(u, plan, t, from, columns);
      kernels.gruResetAfterBackward(
        at(z, plan, t, from, columns),
        recurrent,
        at(h.before, plan, t, from, width),
        at(dy, plan, t, from, width),
        dh,
        at(dz, plan, t, from, columns),
        maskAt(plan, t, from),
        rows,
        width,
      );
      multiplier.product(recurrent, columns, operands.recurrentT[0], dh, width, rows);
    };
  },

  gradients({ plan, tools: { kernels, multiplier } }, { from, to }, scratch) {
    const { width, gradients, dz, u, timesteps, batch } = plan;
    const [columns, n, du] = [3 * width, timesteps * batch, u + 4 * from];
    multiplier.gradients([kernelGradient(plan, from)], dz + 4 * from, columns, to - from, n, scratch);
    multiplier.gradients([recurrentGradient(plan, from)], du, columns, to - from, n, scratch);
    kernels.sumRows(du, columns, n, to - from, gradients.recurrentBias + 4 * from);
  },
};
