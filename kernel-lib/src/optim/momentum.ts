import type { Params } from "../cells/cell";
import { assertRate, eachParameter, type Optimizer, type OptimizerState } from "./optimizer";
import { Slot } from "./slot";

/** Gradient descent with a velocity (Polyak 1964, in PyTorch's form): v ← μ·v + g, p ← p − η·v. */
export class Momentum implements Optimizer {
  learningRate: number;
  readonly momentum: number;
  private step = 0;
  private readonly velocity = new Slot();

  constructor({ learningRate, momentum = 0.9 }: { learningRate: number; momentum?: number }) {
    assertRate("Momentum: learningRate", learningRate);
    this.learningRate = learningRate;
    this.momentum = momentum;
  }
  update(params: Params, grads: Params): void {
    this.step++;
    eachParameter("Momentum", params, grads, (p, g, name) => {
      const v = this.velocity.of(name, p.length);
      for (let i = 0; i < p.length; i++) {
        v[i] = this.momentum * v[i] + g[i];
        p[i] -= this.learningRate * v[i];
      }
    });
  }
  save(): OptimizerState {
    return { step: this.step, slots: { velocity: this.velocity.save() } };
  }
  load({ step, slots }: OptimizerState): void {
    this.step = step;
    this.velocity.load(slots.velocity);
  }
}
