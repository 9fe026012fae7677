import type { Matrix } from "../math/matrix";
import type { Cell, Params, State } from "./cell";
import { joinParams } from "./params";

/**
 * A cell made of cells: at every step each layer's output is the next layer's input. The layers may be of different
 * kinds: `new Stacked([LSTMCell.init({ … }), GRUCell.init({ … })])`.
 *
 * Parameters have the names `layer0.kernel`, `layer1.kernel`, … . The top layer's state keeps its own names (its h
 * is the stack's output); the layers below have theirs as `layer0.h`, `layer0.c`, … .
 */
export class Stacked implements Cell<State, unknown[]> {
  readonly layers: ReadonlyArray<Cell<State, unknown>>;
  readonly params: Params;
  private readonly stateNames: string[][];

  /** @throws RangeError if there is no layer, or one does not take the output of the layer below */
  constructor(layers: ReadonlyArray<Cell<State, unknown>>) {
    if (layers.length === 0) throw new RangeError("Stacked: layers: expected at least one, got none");
    for (let k = 1; k < layers.length; k++)
      if (layers[k].inputSize !== layers[k - 1].units)
        throw new RangeError(
          `Stacked: layers[${k}]: expected inputSize=${layers[k - 1].units}, the units below, got ${layers[k].inputSize}`,
        );
    this.layers = layers;
    this.params = joinParams(Object.fromEntries(layers.map(({ params }, k) => [`layer${k}`, params])));
    this.stateNames = layers.map((layer) => Object.keys(layer.zeroState(0)));
  }
  get inputSize(): number {
    return this.layers[0].inputSize;
  }
  get units(): number {
    return this.layers[this.layers.length - 1].units;
  }
  zeroState(batch: number): State {
    return this.join(this.layers.map((layer) => layer.zeroState(batch)));
  }

  forward(x: Matrix, state: State): { state: State; cache: unknown[] } {
    const states: State[] = [];
    const cache: unknown[] = [];
    let input = x;
    this.layers.forEach((layer, k) => {
      const step = layer.forward(input, this.part(state, k));
      states.push(step.state);
      cache.push(step.cache);
      input = step.state.h;
    });
    return { state: this.join(states), cache };
  }

  backward(dState: State, cache: unknown[]): { dx: Matrix; dState: State; grads: Params } {
    const dStates: State[] = [];
    const grads: Record<string, Params> = {};
    let dx: Matrix | undefined;
    for (let k = this.layers.length - 1; k >= 0; k--) {
      const own = this.part(dState, k);
      const step = this.layers[k].backward(dx ? { ...own, h: own.h.add(dx) } : own, cache[k]);
      dStates[k] = step.dState;
      grads[`layer${k}`] = step.grads;
      dx = step.dx;
    }
    return { dx: dx as Matrix, dState: this.join(dStates), grads: joinParams(grads) };
  }

  private nameInStack(name: string, k: number): string {
    return k === this.layers.length - 1 ? name : `layer${k}.${name}`;
  }
  private part(state: State, k: number): State {
    const entries = this.stateNames[k].map((name) => [name, state[this.nameInStack(name, k)]]);
    return Object.fromEntries(entries) as State;
  }
  private join(states: readonly State[]): State {
    const entries = states.flatMap((state, k) =>
      Object.entries(state).map(([name, m]) => [this.nameInStack(name, k), m]),
    );
    return Object.fromEntries(entries) as State;
  }
}
