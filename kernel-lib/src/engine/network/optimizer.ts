import { integerPower } from "../../math/power";
import type { Arena } from "../arena";
import { nextJobId } from "../job";
import type { AdamJob } from "../tasks/adam";

/** Adam's settings, Keras' unless given; `clipNorm` scales the gradient down to that norm where it is larger. */
export type AdamConfig = {
  readonly learningRate?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly clipNorm?: number;
};

/** Adam's job on a network's parameters, and the numbers that it needs before each step. */
export class AdamRates {
  readonly job: AdamJob;
  private step = 0;

  constructor(
    private readonly arena: Arena,
    block: Omit<AdamJob, "id">,
    private readonly config: AdamConfig,
  ) {
    this.job = { id: nextJobId(), ...block };
  }

  /** Sets the rates of the next step; the gradients must be there. @returns their norm, NaN unless it was asked for */
  next(): number {
    const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, clipNorm } = this.config;
    this.step++;
    const correction = Math.sqrt(1 - integerPower(beta2, this.step)) / (1 - integerPower(beta1, this.step));
    const norm = clipNorm === undefined ? Number.NaN : this.gradientNorm();
    const factor = clipNorm !== undefined && norm > clipNorm ? clipNorm / norm : 1;
    const rates = [learningRate * correction, 1 - beta1, 1 - beta2, epsilon, factor];
    this.arena.floats(this.job.rates, rates.length).set(rates);
    return norm;
  }

  /** √Σ g² over all parameters, summed in order in float64. */
  gradientNorm(): number {
    let sum = 0;
    for (const g of this.arena.floats(this.job.gradients, this.job.length)) sum += g * g;
    return Math.sqrt(sum);
  }
}
