import { setImmediate } from "node:timers/promises";
import type { LayersModel, Scalar } from "@tensorflow/tfjs";
import { cooperate, interruptRequested } from "../../display/display";
import { rng, shuffle as shuffled } from "../../math/random";
import { loadTf } from "../load";
import { deriveSeed } from "../seeds";
import type { TensorFlow } from "../tensorflow";
import { Checkpoint, type Progress } from "./checkpoint";
import {
  type Columns,
  columnsOf,
  disposeColumns,
  samplesOf,
  sliceRows,
  type TrainingData,
  takeRows,
} from "./data";
import { EarlyStopping, type EarlyStoppingOptions } from "./early-stopping";
import { type Guarded, guarded } from "./guard";
import { type Show, show } from "./show";
import { setWeights, weightsOf } from "./snapshot";

/** Means over an epoch's samples. */
export type TrainingEpoch = {
  /** Counted from 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly validationLoss?: number;
  /** The metrics the model was compiled with, by their names in TensorFlow.js; `val_` before those of the validation. */
  readonly metrics: Readonly<Record<string, number>>;
};

export type TrainingHistory = {
  readonly epochs: readonly TrainingEpoch[];
  /** The epoch with the least validation loss (training loss, where there is no validation). */
  readonly bestEpoch: number;
  readonly stopped: "finished" | "earlyStopping" | "interrupted";
};

export type TrainingOptions = {
  /** How many in all, also those before a `resume`. */
  readonly epochs: number;
  /** Default 32. */
  readonly batchSize?: number;
  /** Of the shuffling; default 0. */
  readonly seed?: number;
  /** Whether each epoch takes the samples in a new order; default true, and never for stateful models. */
  readonly shuffle?: boolean;
  /** The part of the samples, the last ones, that is held out; default 0. */
  readonly validationSplit?: number;
  /** Held-out samples of their own. */
  readonly validationData?: TrainingData;
  /** Scales the gradients of a step down to this global norm, where it is larger. */
  readonly clipNorm?: number;
  readonly earlyStopping?: EarlyStoppingOptions;
  /** Saves to `folder` after every `every` epochs (default 1) and after the last. */
  readonly checkpoint?: { readonly folder: string; readonly every?: number };
  /** Goes on from the checkpoint, if there is one; default false. */
  readonly resume?: boolean;
  readonly onStep?: (step: { step: number; epoch: number; loss: number; gradientNorm: number }) => void;
  readonly onEpoch?: (epoch: TrainingEpoch) => unknown;
  /** What is seen meanwhile: a progress bar (the default), a plot of the losses, or nothing. */
  readonly show?: Show;
};

/**
 * Trains a compiled model of TensorFlow.js so that the same seed gives the same weights, and a training that was cut
 * off, even by `kill -9`, goes on from its checkpoint to the very same weights. The user's interrupt ends it after the
 * running step and keeps the model as it is.
 *
 * All that draws has to draw by seed: the layers of `recurrentLayers`, its `dropout`, and `seededInitializers` do; the
 * dropout and the initializers of TensorFlow.js don't.
 *
 * A stateful model starts each epoch from a zero state and reads the samples in order.
 *
 * @param data x and y, one sample a row; arrays of tensors for several inputs or outputs
 * @throws RangeError for options or shapes that do not fit
 * @throws DivergenceError if a loss or gradient is not finite, with step and gradient norm; the weights before the step
 * are kept
 *
 * @example
 * const history = await fit(model, { x, y }, {
 *   epochs: 100, validationSplit: 0.1, seed: 42, earlyStopping: { patience: 10 }, show: "plot",
 * });
 */
export async function fit(
  model: LayersModel,
  data: TrainingData,
  options: TrainingOptions,
): Promise<TrainingHistory> {
  const { tf } = await loadTf();
  const training = new Training(tf, model, data, options);
  return cooperate(() => training.run()).finally(() => training.release());
}

class Training {
  private readonly trainingData: Columns;
  private readonly validationData: Columns | undefined;
  private readonly owned: Columns[];
  private readonly stopping: EarlyStopping;
  private readonly checkpoint: Checkpoint<TrainingEpoch> | undefined;
  private readonly batchSize: number;
  private readonly seed: number;
  private epochs: TrainingEpoch[] = [];

  constructor(
    private readonly tf: TensorFlow,
    private readonly model: LayersModel,
    data: TrainingData,
    private readonly options: TrainingOptions,
  ) {
    const { epochs, batchSize = 32, seed = 0, validationSplit = 0, validationData, checkpoint } = options;
    if (!model.optimizer)
      throw new Error("fit: model: expected a compiled model, got one without an optimizer");
    for (const [name, value] of Object.entries({ epochs, batchSize, every: checkpoint?.every ?? 1 }))
      if (!(Number.isInteger(value) && value > 0))
        throw new RangeError(`fit: ${name}: expected a whole number > 0, got ${value}`);
    if (!(validationSplit >= 0 && validationSplit < 1))
      throw new RangeError(`fit: validationSplit: expected a number in [0, 1), got ${validationSplit}`);
    if (options.shuffle && model.stateful)
      throw new RangeError("fit: shuffle: expected false for a stateful model, got true");
    if (options.resume && !checkpoint)
      throw new RangeError("fit: resume: expected a checkpoint folder, got none");
    this.batchSize = batchSize;
    this.seed = seed;
    this.stopping = new EarlyStopping(options.earlyStopping);

    const all = columnsOf("fit: data", data);
    const samples = samplesOf(all);
    const kept = validationData ? samples : samples - Math.floor(samples * validationSplit);
    if (kept < 1) throw new RangeError(`fit: data: expected a sample to train on, got ${samples} in all`);
    this.owned = kept < samples ? [sliceRows(all, 0, kept), sliceRows(all, kept, samples)] : [];
    this.trainingData = this.owned[0] ?? all;
    this.validationData = validationData ? columnsOf("fit: validationData", validationData) : this.owned[1];
    const settings = {
      seed,
      batchSize,
      samples: kept,
      parameters: model.countParams(),
      restoreBestWeights: this.stopping.restores,
    };
    this.checkpoint = checkpoint && new Checkpoint(tf, model, checkpoint.folder, settings);
  }

  release(): void {
    for (const columns of this.owned) disposeColumns(columns);
  }

  async run(): Promise<TrainingHistory> {
    const { options, stopping, model } = this;
    const resumed = options.resume ? await this.checkpoint?.load() : undefined;
    if (resumed) this.continueFrom(resumed);
    const view = show(options.show ?? "progress", options.epochs, this.validationData !== undefined);
    for (const epoch of this.epochs) view.add(epoch);
    const { clipNorm } = options;
    const interrupted = await guarded(model.optimizer, { clipNorm, step: resumed?.step }, async (guard) => {
      while (this.epochs.length < options.epochs && !stopping.isOver) {
        const epoch = await this.runEpoch(this.epochs.length + 1, guard);
        if (!epoch) return true;
        this.epochs.push(epoch);
        stopping.watch(epoch.epoch, epoch.validationLoss ?? epoch.loss, () => weightsOf(model));
        await this.save(guard.step);
        view.add(epoch);
        await options.onEpoch?.(epoch);
      }
      return false;
    });
    view.finish();
    const { epoch: bestEpoch, weights } = stopping.best;
    if (weights && !interrupted) setWeights(this.tf, model, weights);
    const stopped = interrupted ? "interrupted" : stopping.isOver ? "earlyStopping" : "finished";
    return { epochs: this.epochs, bestEpoch, stopped };
  }

  private continueFrom({ epochs, best }: Progress<TrainingEpoch>): void {
    this.epochs = [...epochs];
    this.stopping.best = best;
  }

  private async save(step: number): Promise<void> {
    const { options, epochs, stopping } = this;
    const done = epochs.length;
    const isDue = done % (options.checkpoint?.every ?? 1) === 0 || done === options.epochs || stopping.isOver;
    if (isDue) await this.checkpoint?.save({ step, epochs, best: stopping.best });
  }

  /** @returns undefined if the user interrupted it */
  private async runEpoch(epoch: number, guard: Guarded): Promise<TrainingEpoch | undefined> {
    const { tf, model, trainingData, batchSize, options } = this;
    if (model.stateful) model.resetStates();
    const order = this.orderOf(epoch);
    const sums: number[] = model.metricsNames.map(() => 0);
    for (let from = 0; from < order.length; from += batchSize) {
      await setImmediate(); // lets the kernel draw, and notice an interrupt
      if (interruptRequested()) return undefined;
      const rows = order.slice(from, from + batchSize);
      const batch = takeRows(tf, trainingData, rows);
      const values = await this.trainOnBatch(batch);
      values.forEach((value, k) => {
        sums[k] += value * rows.length;
      });
      const { step, gradientNorm } = guard;
      options.onStep?.({ step, epoch, loss: values[0], gradientNorm });
    }
    const [loss, ...metrics] = sums.map((sum) => sum / order.length);
    const [validationLoss, ...validationMetrics] = this.validate();
    const names = model.metricsNames.slice(1);
    return {
      epoch,
      loss,
      ...(validationLoss === undefined ? {} : { validationLoss }),
      metrics: Object.fromEntries([
        ...names.map((name, k) => [name, metrics[k]]),
        ...validationMetrics.map((value, k) => [`val_${names[k]}`, value]),
      ]),
    };
  }

  private orderOf(epoch: number): number[] {
    const { trainingData, options, model, seed } = this;
    const indices = Array.from({ length: samplesOf(trainingData) }, (_, k) => k);
    const shuffles = options.shuffle ?? !model.stateful;
    return shuffles ? shuffled(rng(deriveSeed(seed, epoch)), indices) : indices;
  }

  /** Loss, then metrics. */
  private async trainOnBatch(batch: Columns): Promise<number[]> {
    try {
      const values = await this.model.trainOnBatch([...batch.x], [...batch.y]);
      return [values].flat();
    } finally {
      disposeColumns(batch);
    }
  }

  /** Loss, then metrics; nothing where no samples are held out. */
  private validate(): number[] {
    const { model, validationData, batchSize } = this;
    if (!validationData) return [];
    if (model.stateful) model.resetStates();
    const { x, y } = validationData;
    const values = [model.evaluate([...x], [...y], { batchSize })].flat() as Scalar[];
    const numbers = values.map((value) => value.dataSync()[0]);
    for (const value of values) value.dispose();
    // TensorFlow.js gives the losses of the first output, the first two, and so on; all together are the last of these.
    return numbers.slice(model.outputs.length - 1);
  }
}
