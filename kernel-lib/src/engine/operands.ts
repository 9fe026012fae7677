import type { Operand } from "./multiplier";
import type { Plan } from "./plan";

/** A layer's weights as right operands. The recurrent ones stand by groups of gates that are multiplied together. */
export type Operands = {
  readonly kernel: Operand;
  readonly kernelT: Operand;
  readonly recurrent: readonly Operand[];
  readonly recurrentT: readonly Operand[];
};

/** A GRU whose reset comes first multiplies h by the kernels of z and r, and r ⊙ h by that of the candidate. */
const gateGroups = (plan: Plan): number[] => (plan.kind === "gru" ? [2, 1] : [plan.gates]);

export function operandsOf(plan: Plan): Operands {
  const { weights, panels, inputSize, inputWidth, width, units, gates } = plan;
  const columns = gates * width;
  const kernel = { address: weights.kernel, ld: columns, rows: inputSize };
  const recurrent: Operand[] = [];
  const recurrentT: Operand[] = [];
  let first = 0;
  for (const group of gateGroups(plan)) {
    const n = group * width;
    const matrix = { address: weights.recurrentKernel + 4 * first, ld: columns, rows: units };
    recurrent.push({
      ...matrix,
      transposed: false,
      k: units,
      n,
      panels: panels.recurrent + 4 * first * units,
    });
    recurrentT.push({
      ...matrix,
      transposed: true,
      k: n,
      n: width,
      panels: panels.recurrentT + 4 * first * width,
    });
    first += n;
  }
  return {
    kernel: { ...kernel, transposed: false, k: inputSize, n: columns, panels: panels.kernel },
    kernelT: { ...kernel, transposed: true, k: columns, n: inputWidth, panels: panels.kernelT },
    recurrent,
    recurrentT,
  };
}
