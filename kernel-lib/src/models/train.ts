import { setImmediate } from "node:timers/promises";
import { globalNorm } from "../bptt/clip";
import type { Params } from "../cells/cell";
import type { Optimizer } from "../optim/optimizer";
import { DivergenceError } from "./divergence";

export interface TrainingStep {
  /** Counted from 1 over all epochs. */
  step: number;
  epoch: number;
  /** Mean loss of this batch, before the update. */
  loss: number;
  /** Of all gradients together, before clipping. */
  gradientNorm: number;
}

/** One step's work: a mean loss and its gradients with the parameters as they are when it is called. */
export interface TrainingBatch {
  epoch: number;
  gradients: () => { loss: number; grads: Params };
}

export interface TrainOptions {
  optimizer: Optimizer;
  /** Changes the gradients before the update: `(grads) => clipByGlobalNorm(grads, 5)`. */
  clip?: (grads: Params) => unknown;
  /** Called after every update, for a live plot or a schedule. */
  onStep?: (step: TrainingStep) => void;
  /** Asked before every step; true ends the training with the parameters as they are. */
  shouldStop?: () => boolean;
}

/**
 * Gradients, clipping, update: batch after batch, in place. Between two steps other work may run, so that a kernel can
 * draw and notice an interrupt.
 *
 * @param where the caller's name, for the error
 * @returns every step
 * @throws DivergenceError if a loss or a gradient is not finite; the last parameters that worked are restored
 */
export async function train(
  where: string,
  params: Params,
  batches: Iterable<TrainingBatch>,
  { optimizer, clip, onStep, shouldStop }: TrainOptions,
): Promise<TrainingStep[]> {
  const history: TrainingStep[] = [];
  let good = copyOf(params);
  let gradientNorm = 0;
  for (const { epoch, gradients } of batches) {
    if (shouldStop?.()) break;
    const step = history.length + 1;
    const { loss, grads } = gradients();
    if (Number.isFinite(loss)) gradientNorm = globalNorm(grads);
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      restore(params, good);
      throw new DivergenceError(where, { step, loss, gradientNorm });
    }
    good = copyOf(params);
    clip?.(grads);
    optimizer.update(params, grads);
    const entry = { step, epoch, loss, gradientNorm };
    history.push(entry);
    onStep?.(entry);
    await setImmediate();
  }
  return history;
}

const copyOf = (params: Params): Float64Array[] => Object.values(params).map(({ data }) => data.slice());

function restore(params: Params, copy: Float64Array[]): void {
  Object.values(params).forEach(({ data }, k) => {
    data.set(copy[k]);
  });
}
