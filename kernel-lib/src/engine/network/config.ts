import type { LayerSpec } from "./layer";
import type { AdamConfig } from "./optimizer";

export type LossName = "softmaxCrossEntropy" | "squaredError" | "logisticCrossEntropy";

export type NetworkConfig = {
  readonly batch: number;
  readonly timesteps: number;
  /** Numbers a step, or `indices` where the first layer is an embedding. */
  readonly input: { readonly features: number } | "indices";
  readonly layers: readonly LayerSpec[];
  readonly loss: LossName;
  readonly optimizer?: AdamConfig;
  /** Of the first weights and of dropout. */
  readonly seed: number;
};
