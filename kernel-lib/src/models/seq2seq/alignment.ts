import type { AttentiveCache } from "../../cells/attentive-cell";
import type { State } from "../../cells/cell";
import { Matrix } from "../../math/matrix";
import type { Seq2Seq } from "../seq2seq";
import type { SequencePair } from "./batches";

/**
 * Where the decoder looks while it writes the pair's target and the stop token: a row for each token that it writes, a
 * column for each of the source; every row sums to 1.
 */
export function alignment<S extends State, E, C>(
  model: Seq2Seq<S, E, AttentiveCache<C>>,
  pair: SequencePair,
): Matrix {
  return Matrix.concatRows(model.forward([pair]).caches.map(({ weights }) => weights));
}
