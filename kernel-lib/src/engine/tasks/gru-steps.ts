import { at, kernelGradient, maskAt, recurrentGradient, type Steps } from "./step";

/** The GRU whose reset comes before the recurrent product: two products a step. */
export const gruSteps: Steps = {
  forward({ plan, tools: { kernels, multiplier }, operands }, { from, to }) {
    const { width, h, z, extra } = plan;
    const [columns, rows, [gateKernel, candidateKernel]] = [3 * width, to - from, operands.recurrent];
    return (t) => {
      const before = at(h.before, plan, t, from, width);
      const gates = at(z, plan, t, from, columns);
      const reset = at(extra, plan, t, from, width);
      multiplier.product(before, width, gateKernel, gates, columns, rows);
      kernels.gruGates(gates, before, reset, rows, width);
      multiplier.product(reset, width, candidateKernel, gates + 8 * width, columns, rows);
      kernels.gruOutput(gates, before, at(h.after, plan, t, from, width), maskAt(plan, t, from), rows, width);
    };
  },

  backward({ plan, tools: { kernels, multiplier }, operands }, { from, to }) {
    const { width, h, z, dz, dy } = plan;
    const [columns, rows, [gateKernelT, candidateKernelT]] = [3 * width, to - from, operands.recurrentT];
    const dh = at(plan.dh, plan, 0, from, width);
    const dReset = at(plan.dReset, plan, 0, from, width);
    return (t) => {
      const before = at(h.before, plan, t, from, width);
      const gates = at(z, plan, t, from, columns);
      const dGates = at(dz, plan, t, from, columns);
      const mask = maskAt(plan, t, from);
      kernels.gruOutputBackward(gates, before, at(dy, plan, t, from, width), dh, dGates, mask, rows, width);
      multiplier.affine(dGates + 8 * width, columns, candidateKernelT, 0, dReset, rows);
      kernels.gruGatesBackward(gates, before, dReset, dh, dGates, rows, width);
      multiplier.product(dGates, columns, gateKernelT, dh, width, rows);
    };
  },

  gradients({ plan, tools: { multiplier } }, { from, to }, scratch) {
    const { width, h, extra, dz, timesteps, batch } = plan;
    const [columns, n] = [3 * width, timesteps * batch];
    // z and r saw h; the candidate saw r ⊙ h.
    const blocks = [
      { seen: h.before, first: 0, last: 2 * width },
      { seen: extra, first: 2 * width, last: columns },
    ];
    for (const { seen, first, last } of blocks) {
      const [begin, end] = [Math.max(from, first), Math.min(to, last)];
      if (begin >= end) continue;
      const both = [kernelGradient(plan, begin), recurrentGradient(plan, begin, seen)];
      multiplier.gradients(both, dz + 4 * begin, columns, end - begin, n, scratch);
    }
  },
};
