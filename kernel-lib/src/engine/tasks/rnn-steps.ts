import { at, kernelGradient, maskAt, recurrentGradient, type Steps } from "./step";

/** The simple RNN: kernel-lib/wasm/rnn.ts between two products. */
export const rnnSteps: Steps = {
  forward({ plan, tools: { kernels, multiplier }, operands }, { from, to }) {
    const { width, h, z } = plan;
    const rows = to - from;
    return (t) => {
      const [before, sum] = [at(h.before, plan, t, from, width), at(z, plan, t, from, width)];
      multiplier.product(before, width, operands.recurrent[0], sum, width, rows);
      kernels.rnnForward(sum, before, at(h.after, plan, t, from, width), maskAt(plan, t, from), rows, width);
    };
  },

  backward({ plan, tools: { kernels, multiplier }, operands }, { from, to }) {
    const { width, h, dy, dz } = plan;
    const [dh, rows] = [at(plan.dh, plan, 0, from, width), to - from];
    return (t) => {
      const sum = at(dz, plan, t, from, width);
      const after = at(h.after, plan, t, from, width);
      kernels.rnnBackward(after, at(dy, plan, t, from, width), dh, sum, maskAt(plan, t, from), rows, width);
      multiplier.product(sum, width, operands.recurrentT[0], dh, width, rows);
    };
  },

  gradients({ plan, tools: { multiplier } }, { from, to }, scratch) {
    const both = [kernelGradient(plan, from), recurrentGradient(plan, from)];
    const n = plan.timesteps * plan.batch;
    multiplier.gradients(both, plan.dz + 4 * from, plan.width, to - from, n, scratch);
  },
};
