import type { Params } from "../cells/cell";
import { assertRate, eachParameter, type Optimizer, type OptimizerState } from "./optimizer";
import { Slot } from "./slot";

/**
 * Adam (Kingma & Ba 2015, arXiv:1412.6980, algorithm 1):
 *   m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
 *   p ← p − η · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 */
export class Adam implements Optimizer {
  learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  private step = 0;
  private readonly mean = new Slot();
  private readonly variance = new Slot();

  constructor(config: { learningRate?: number; beta1?: number; beta2?: number; epsilon?: number } = {}) {
    const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = config;
    assertRate("Adam: learningRate", learningRate);
    this.learningRate = learningRate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }
  update(params: Params, grads: Params): void {
    this.step++;
    const { beta1, beta2, epsilon, learningRate } = this;
    const correction1 = 1 - beta1 ** this.step;
    const correction2 = 1 - beta2 ** this.step;
    eachParameter("Adam", params, grads, (p, g, name) => {
      const m = this.mean.of(name, p.length);
      const v = this.variance.of(name, p.length);
      for (let i = 0; i < p.length; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        p[i] -= (learningRate * (m[i] / correction1)) / (Math.sqrt(v[i] / correction2) + epsilon);
      }
    });
  }
  save(): OptimizerState {
    return { step: this.step, slots: { mean: this.mean.save(), variance: this.variance.save() } };
  }
  load({ step, slots }: OptimizerState): void {
    this.step = step;
    this.mean.load(slots.mean);
    this.variance.load(slots.variance);
  }
}
