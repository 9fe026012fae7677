import type { Params } from "../cells/cell";
import { assertRate, eachParameter, type Optimizer, type OptimizerState } from "./optimizer";
import { Slot } from "./slot";

/** Adagrad (Duchi, Hazan & Singer 2011): s ← s + g², p ← p − η·g / (√s + ε). */
export class Adagrad implements Optimizer {
  learningRate: number;
  readonly epsilon: number;
  private step = 0;
  private readonly squares = new Slot();

  constructor({ learningRate = 0.01, epsilon = 1e-10 }: { learningRate?: number; epsilon?: number } = {}) {
    assertRate("Adagrad: learningRate", learningRate);
    this.learningRate = learningRate;
    this.epsilon = epsilon;
  }
  update(params: Params, grads: Params): void {
    this.step++;
    eachParameter("Adagrad", params, grads, (p, g, name) => {
      const s = this.squares.of(name, p.length);
      for (let i = 0; i < p.length; i++) {
        s[i] += g[i] * g[i];
        p[i] -= (this.learningRate * g[i]) / (Math.sqrt(s[i]) + this.epsilon);
      }
    });
  }
  save(): OptimizerState {
    return { step: this.step, slots: { squares: this.squares.save() } };
  }
  load({ step, slots }: OptimizerState): void {
    this.step = step;
    this.squares.load(slots.squares);
  }
}
