import type { Cell, Params, State } from "../../cells/cell";
import type { Matrix } from "../../math/matrix";
import type { Rng } from "../../math/random";

/** How a decoder reads what the encoder made of a batch. */
export interface Decoder<S extends State, C> {
  readonly params: Params;
  /** Size of what it reads at each step: the target's tokens. */
  readonly inputSize: number;
  readonly units: number;
  zeroState(batch: number): S;
  /** The cell that decodes one batch, given the encoder's outputs, one matrix [batch, units] a step. */
  over(memory: readonly Matrix[]): Reading<S, C>;
}

export interface Reading<S extends State, C> {
  readonly cell: Cell<S, C>;
  /** Parts the gradients of `cell.params`: the decoder's own, and those of the memory where it was looked at. */
  part(grads: Params): { grads: Params; dMemory: ReadonlyArray<Matrix | undefined> };
}

/** What a decoder is made from: `cell` makes its cell for an input of the given size. */
export interface DecoderParts<S extends State, C> {
  readonly inputSize: number;
  readonly memoryUnits: number;
  readonly cell: (inputSize: number) => Cell<S, C>;
  readonly random: Rng;
}
