import { Matrix } from "../math/matrix";
import type { AdditiveAttention, AdditiveAttentionCache, Memory } from "./additive-attention";
import type { Cell, Params, State } from "./cell";
import { joinParams } from "./params";

export type AttentiveCache<C> = {
  readonly attention: AdditiveAttentionCache;
  /** How much each step of the memory was looked at, [batch, timesteps]. */
  readonly weights: Matrix;
  readonly cell: C;
};

/**
 * A cell that looks at a memory before every step (Bahdanau, Cho & Bengio 2015): its state is the query, and the inner
 * cell reads [x, context].
 *   context = attention(h, memory)        state' = cell([x, context], state)
 *
 * For a whole sequence the memory is fixed, so to the cell it is a parameter like others: `memory.values` and
 * `memory.keys` stand in `params`, and `bptt` sums their gradients over the steps.
 */
export class AttentiveCell<S extends State, C> implements Cell<S, AttentiveCache<C>> {
  readonly cell: Cell<S, C>;
  readonly attention: AdditiveAttention;
  readonly memory: Memory;
  readonly params: Params;

  /** @throws RangeError if the inner cell has no room for x beside the context */
  constructor(cell: Cell<S, C>, attention: AdditiveAttention, memory: Memory) {
    if (cell.inputSize <= memory.values.cols)
      throw new RangeError(
        `AttentiveCell: cell.inputSize: expected more than the memory's ${memory.values.cols} units, got ${cell.inputSize}`,
      );
    this.cell = cell;
    this.attention = attention;
    this.memory = memory;
    const { queryKernel, scoreKernel } = attention.params;
    this.params = joinParams({ cell: cell.params, attention: { queryKernel, scoreKernel }, memory });
  }
  get inputSize(): number {
    return this.cell.inputSize - this.memory.values.cols;
  }
  get units(): number {
    return this.cell.units;
  }
  zeroState(batch: number): S {
    return this.cell.zeroState(batch);
  }

  forward(x: Matrix, state: S): { state: S; cache: AttentiveCache<C> } {
    const { context, weights, cache: attention } = this.attention.forward(state.h, this.memory);
    const step = this.cell.forward(Matrix.concatColumns([x, context]), state);
    return { state: step.state, cache: { attention, weights, cell: step.cache } };
  }

  backward(dState: S, cache: AttentiveCache<C>): { dx: Matrix; dState: S; grads: Params } {
    const step = this.cell.backward(dState, cache.cell);
    const looked = this.attention.backward(
      step.dx.sliceColumns(this.inputSize, this.cell.inputSize),
      cache.attention,
    );
    return {
      dx: step.dx.sliceColumns(0, this.inputSize),
      dState: { ...step.dState, h: step.dState.h.add(looked.dQuery) },
      grads: joinParams({ cell: step.grads, attention: looked.grads, memory: looked.dMemory }),
    };
  }
}
