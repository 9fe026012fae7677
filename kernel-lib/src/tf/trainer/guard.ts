import type { Optimizer, Scalar, Tensor } from "@tensorflow/tfjs";
import { DivergenceError } from "../../models/divergence";

export type Guarded = {
  /** √Σ g² over all gradients of the last step, before clipping. */
  readonly gradientNorm: number;
  /** Steps that were taken. */
  readonly step: number;
};

/**
 * Runs `work` with an optimizer that looks at loss and gradients before it applies them: it clips them to the global
 * norm `clipNorm`, and where one is not finite it stops with the weights as they were.
 *
 * @throws DivergenceError with the step and the gradients' norm
 */
export async function guarded<T>(
  optimizer: Optimizer,
  { clipNorm = Number.POSITIVE_INFINITY, step = 0 }: { clipNorm?: number; step?: number },
  work: (guard: Guarded) => Promise<T>,
): Promise<T> {
  const guard = { gradientNorm: 0, step };
  const original = optimizer.computeGradients;
  optimizer.computeGradients = (f, variables) => {
    const { value, grads } = original.call(optimizer, f, variables);
    const [loss] = value.dataSync();
    const norm = globalNorm(Object.values(grads));
    guard.step++;
    if (Number.isFinite(norm)) guard.gradientNorm = norm;
    if (!Number.isFinite(loss) || !Number.isFinite(norm)) {
      release(value, grads);
      throw new DivergenceError("fit", { step: guard.step, loss, gradientNorm: norm });
    }
    return { value, grads: norm > clipNorm ? scaled(grads, clipNorm / norm) : grads };
  };
  try {
    return await work(guard);
  } finally {
    Reflect.deleteProperty(optimizer, "computeGradients");
  }
}

/** Summed in float64, one gradient after the other: the same bits on every machine. */
function globalNorm(grads: readonly Tensor[]): number {
  let sum = 0;
  for (const grad of grads) for (const g of grad.dataSync() as Float32Array) sum += g * g;
  return Math.sqrt(sum);
}

type Gradients = Record<string, Tensor>;

function scaled(grads: Gradients, factor: number): Gradients {
  const entries = Object.entries(grads).map(([name, grad]) => [name, grad.mul(factor)]);
  for (const grad of Object.values(grads)) grad.dispose();
  return Object.fromEntries(entries);
}

function release(value: Scalar, grads: Gradients): void {
  for (const tensor of [value, ...Object.values(grads)]) tensor.dispose();
}
