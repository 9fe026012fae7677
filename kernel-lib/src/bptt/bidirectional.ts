import type { Cell, Params, State } from "../cells/cell";
import { joinParams } from "../cells/params";
import type { Matrix } from "../math/matrix";
import { assertLength } from "../math/shape";
import { bptt } from "./bptt";
import { type Merge, merges } from "./merge";
import { unroll } from "./unroll";

/** One state a direction: `back` has read the sequence from its end. */
export type BothStates<A extends State, B extends State> = { ahead: A; back: B };
export type BidirectionalCache<CA, CB> = {
  aheadCaches: CA[];
  backCaches: CB[];
  aheadHs: Matrix[];
  backHs: Matrix[];
};

/**
 * Two cells along one sequence (Schuster & Paliwal 1997), the chapter's 5.5: one reads it ahead, one back from the
 * end, and the outputs of the same step are merged.
 *   h_t = merge(h→_t, h←_t)        h→_t = ahead(x_t, h→_{t−1})        h←_t = back(x_t, h←_{t+1})
 *
 * A layer over whole sequences, not a cell: the first output needs the last input. Parameters have the names
 * `ahead.kernel`, `back.kernel`, … .
 */
export class Bidirectional<A extends State, CA, B extends State, CB> {
  readonly ahead: Cell<A, CA>;
  readonly back: Cell<B, CB>;
  readonly merge: Merge;
  readonly params: Params;

  constructor(ahead: Cell<A, CA>, back: Cell<B, CB>, merge: Merge = merges.concat) {
    this.ahead = ahead;
    this.back = back;
    this.merge = merge;
    this.params = joinParams({ ahead: ahead.params, back: back.params });
  }

  /**
   * @param xs one matrix [batch, inputSize] a step
   * @param states the states entering at the two ends; zeros unless given
   * @returns `hs[t]`, the merged outputs by step, and the states in which the two cells end
   * @throws RangeError if `xs` is empty, or a step's shape does not fit
   */
  forward(
    xs: readonly Matrix[],
    states?: BothStates<A, B>,
  ): { hs: Matrix[]; states: BothStates<A, B>; cache: BidirectionalCache<CA, CB> } {
    const ahead = unroll(this.ahead, xs, states?.ahead);
    const back = unroll(this.back, reversed(xs), states?.back);
    const backHs = reversed(back.hs);
    return {
      hs: ahead.hs.map((h, t) => this.merge.forward(h, backHs[t])),
      states: { ahead: ahead.state, back: back.state },
      cache: { aheadCaches: ahead.caches, backCaches: back.caches, aheadHs: ahead.hs, backHs },
    };
  }

  /**
   * @param dhs `dhs[t]` = ∂L/∂hs[t]; undefined where a step has no loss
   * @param dFinals ∂L/∂(the states that `forward` returned); zeros unless given
   * @returns ∂L/∂params, ∂L/∂xs and ∂L/∂(the states that `forward` was given)
   */
  backward(
    dhs: ReadonlyArray<Matrix | undefined>,
    { aheadCaches, backCaches, aheadHs, backHs }: BidirectionalCache<CA, CB>,
    dFinals?: BothStates<A, B>,
  ): { grads: Params; dxs: Matrix[]; dStates: BothStates<A, B> } {
    assertLength("Bidirectional.backward: dhs", dhs, "timesteps", aheadHs.length);
    const parted = Array.from(dhs, (dh, t) => dh && this.merge.backward(dh, aheadHs[t], backHs[t]));
    const ahead = bptt(
      this.ahead,
      aheadCaches,
      parted.map((d) => d?.dAhead),
      dFinals?.ahead,
    );
    const back = bptt(this.back, backCaches, reversed(parted.map((d) => d?.dBack)), dFinals?.back);
    const backDxs = reversed(back.dxs);
    return {
      grads: joinParams({ ahead: ahead.grads, back: back.grads }),
      dxs: ahead.dxs.map((dx, t) => dx.add(backDxs[t])),
      dStates: { ahead: ahead.dStates[0], back: back.dStates[0] },
    };
  }
}

const reversed = <T>(items: readonly T[]): T[] => [...items].reverse();
