import type { Params } from "../cells/cell";
import { assertRate, eachParameter, type Optimizer, type OptimizerState } from "./optimizer";

/** Stochastic gradient descent: p ← p − η·g. */
export class SGD implements Optimizer {
  learningRate: number;
  private step = 0;

  constructor({ learningRate }: { learningRate: number }) {
    assertRate("SGD: learningRate", learningRate);
    this.learningRate = learningRate;
  }
  update(params: Params, grads: Params): void {
    this.step++;
    eachParameter("SGD", params, grads, (p, g) => {
      for (let i = 0; i < p.length; i++) p[i] -= this.learningRate * g[i];
    });
  }
  save(): OptimizerState {
    return { step: this.step, slots: {} };
  }
  load({ step }: OptimizerState): void {
    this.step = step;
  }
}
