import type { State } from "../../cells/cell";
import type { Decoder, DecoderParts } from "./decoder";

/**
 * A decoder that knows of the source only the state in which the encoder ends (Sutskever, Vinyals & Le 2014): one vector
 * of fixed size, however long the source.
 */
export function fixedContext<S extends State, C>({
  inputSize,
  cell: make,
}: DecoderParts<S, C>): Decoder<S, C> {
  const cell = make(inputSize);
  return {
    params: cell.params,
    inputSize: cell.inputSize,
    units: cell.units,
    zeroState: (batch) => cell.zeroState(batch),
    over: (memory) => ({ cell, part: (grads) => ({ grads, dMemory: memory.map(() => undefined) }) }),
  };
}
