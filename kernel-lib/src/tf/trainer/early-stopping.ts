import type { StoredTensor } from "./safetensors";

export type EarlyStoppingOptions = {
  /** Epochs without an improvement after which training stops. */
  readonly patience: number;
  /** An improvement is more than this; default 0. */
  readonly minDelta?: number;
  /** Whether the best epoch's weights come back at the end; default true. */
  readonly restoreBestWeights?: boolean;
};

/** What early stopping remembers. */
export type Best = {
  epoch: number;
  loss: number;
  /** Epochs since. */
  waited: number;
  weights?: readonly StoredTensor[];
};

/** Watches a loss (the validation loss, where there is one) over the epochs. */
export class EarlyStopping {
  best: Best = { epoch: 0, loss: Number.POSITIVE_INFINITY, waited: 0 };
  private readonly options: EarlyStoppingOptions | undefined;

  /** @throws RangeError if patience is not a whole number > 0, or minDelta negative */
  constructor(options: EarlyStoppingOptions | undefined) {
    const { patience = 1, minDelta = 0 } = options ?? {};
    if (!(Number.isInteger(patience) && patience > 0))
      throw new RangeError(`fit: earlyStopping.patience: expected a whole number > 0, got ${patience}`);
    if (!(minDelta >= 0))
      throw new RangeError(`fit: earlyStopping.minDelta: expected a number ≥ 0, got ${minDelta}`);
    this.options = options;
  }

  get isOver(): boolean {
    return this.options !== undefined && this.best.waited >= this.options.patience;
  }
  get restores(): boolean {
    return this.options !== undefined && (this.options.restoreBestWeights ?? true);
  }

  /** Takes in an epoch's loss; `weights` is asked only if they will be restored. */
  watch(epoch: number, loss: number, weights: () => readonly StoredTensor[]): void {
    if (loss < this.best.loss - (this.options?.minDelta ?? 0))
      this.best = { epoch, loss, waited: 0, ...(this.restores ? { weights: weights() } : {}) };
    else this.best.waited++;
  }
}
