import { at, kernelGradient, maskAt, recurrentGradient, type Steps } from "./step";

/** LSTM, with or without peepholes: kernel-lib/wasm/lstm.ts between two products. */
export const lstmSteps: Steps = {
  forward({ plan, tools: { kernels, multiplier }, operands }, { from, to }) {
    const { width, h, c, z, extra, weights } = plan;
    const [recurrent, columns, rows] = [operands.recurrent[0], 4 * width, to - from];
    return (t) => {
      const gates = at(z, plan, t, from, columns);
      const before = at(h.before, plan, t, from, width);
      multiplier.product(before, width, recurrent, gates, columns, rows);
      kernels.lstmForward(
        gates,
        at(c.before, plan, t, from, width),
        before,
        at(c.after, plan, t, from, width),
        at(h.after, plan, t, from, width),
        at(extra, plan, t, from, width),
        weights.peephole,
        maskAt(plan, t, from),
        rows,
        width,
      );
    };
  },

  backward({ plan, tools: { kernels, multiplier }, operands }, { from, to }) {
    const { width, c, z, dz, extra, dy, weights } = plan;
    const [recurrentT, columns, rows] = [operands.recurrentT[0], 4 * width, to - from];
    const [dh, dc] = [at(plan.dh, plan, 0, from, width), at(plan.dc, plan, 0, from, width)];
    return (t) => {
      const dGates = at(dz, plan, t, from, columns);
      kernels.lstmBackward(
        at(z, plan, t, from, columns),
        at(c.before, plan, t, from, width),
        at(extra, plan, t, from, width),
        at(dy, plan, t, from, width),
        dh,
        dc,
        dGates,
        weights.peephole,
        maskAt(plan, t, from),
        rows,
        width,
      );
      multiplier.product(dGates, columns, recurrentT, dh, width, rows);
    };
  },

  gradients({ plan, tools: { kernels, multiplier } }, { from, to }, scratch) {
    const { width, gradients, c, dz, timesteps, batch } = plan;
    const [columns, n] = [4 * width, timesteps * batch];
    const both = [kernelGradient(plan, from), recurrentGradient(plan, from)];
    multiplier.gradients(both, dz + 4 * from, columns, to - from, n, scratch);
    if (!gradients.peephole) return;
    // p_i and p_f saw the cell state before the step, p_o the one after it; g, the third block, saw none.
    const seen = [c.before, c.before, 0, c.after];
    for (let gate = 0; gate < 4; gate++) {
      const [first, last] = [Math.max(from, gate * width), Math.min(to, (gate + 1) * width)];
      if (first >= last || gate === 2) continue;
      const unit = first - gate * width;
      const slot = gradients.peephole + 4 * (Math.min(gate, 2) * width + unit);
      kernels.sumProducts(dz + 4 * first, columns, seen[gate] + 4 * unit, width, n, last - first, slot);
    }
  },
};
