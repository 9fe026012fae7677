import type { Cell, Params, State } from "../cells/cell";
import { accumulate, zerosLike } from "../cells/params";
import { Matrix } from "../math/matrix";
import { assertLength } from "../math/shape";
import { bptt } from "./bptt";
import { type Unrolled, unroll } from "./unroll";

/**
 * Truncated backpropagation through time, the BPTT(k2; k1) of Williams & Peng (1990): after every `k1` steps the
 * losses of these k1 steps go back through the last `k2` steps, and no further. So a loss reaches at least
 * k2 − k1 and less than k2 steps into the past; with k1 = 1 exactly k2 − 1. With k2 ≥ T this is `bptt`. If k1 does
 * not divide T, the losses of the last, shorter stretch go back through k2 steps as well.
 *
 * @param caches of `unroll`; parameters as they were then
 * @param dhs as in `bptt`
 * @throws RangeError unless 1 ≤ k1 ≤ k2
 */
export function truncatedBptt<S extends State, C>(
  cell: Cell<S, C>,
  caches: readonly C[],
  dhs: ReadonlyArray<Matrix | undefined>,
  { k1, k2 }: { k1: number; k2: number },
): { grads: Params; dxs: Matrix[] } {
  assertSteps("truncatedBptt: k1", k1);
  assertSteps("truncatedBptt: k2", k2);
  if (k2 < k1) throw new RangeError(`truncatedBptt: k2: expected k2 ≥ k1=${k1}, got ${k2}`);
  assertLength("truncatedBptt: dhs", dhs, "timesteps", caches.length);
  const batch = dhs.find((dh) => dh !== undefined)?.rows ?? 0;
  const grads = zerosLike(cell.params);
  const dxs = caches.map(() => Matrix.zeros(batch, cell.inputSize));
  for (let start = 0; start < caches.length; start += k1) {
    const end = Math.min(start + k1, caches.length);
    const from = Math.max(0, end - k2);
    const losses = Array.from({ length: end - from }, (_, j) =>
      from + j < start ? undefined : dhs[from + j],
    );
    if (losses.every((dh) => dh === undefined)) continue;
    const share = bptt(cell, caches.slice(from, end), losses);
    accumulate(grads, share.grads);
    share.dxs.forEach((dx, j) => {
      dxs[from + j] = dxs[from + j].add(dx);
    });
  }
  return { grads, dxs };
}

/** A stretch of a sequence, unrolled: where it starts, its inputs, and what `unroll` returns of it. */
export type Chunk<S extends State, C> = Unrolled<S, C> & { start: number; xs: Matrix[] };

/**
 * Truncated BPTT as it is used in practice, k1 = k2 = k (Keras' `stateful`): the sequence is unrolled `k` steps at
 * a time; the state is carried into the next chunk, the gradient is not. Each chunk is computed when it is asked
 * for, so parameters updated in between are used from the next chunk on:
 *
 * `for (const { start, caches, hs } of unrollChunks(cell, xs, 25)) { … bptt(cell, caches, dhs) … update … }`
 *
 * @param state the state entering the first step; zeros unless given. The last chunk may be shorter than k.
 * @throws RangeError unless k ≥ 1, or if a step's shape does not fit
 */
export function* unrollChunks<S extends State, C>(
  cell: Cell<S, C>,
  xs: readonly Matrix[],
  k: number,
  state?: S,
): Generator<Chunk<S, C>, void, undefined> {
  assertSteps("unrollChunks: k", k);
  let entering = state;
  for (let start = 0; start < xs.length; start += k) {
    const chunk = xs.slice(start, start + k);
    const unrolled = unroll(cell, chunk, entering);
    entering = unrolled.state;
    yield { start, xs: chunk, ...unrolled };
  }
}

function assertSteps(what: string, k: number): void {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`${what}: expected an integer ≥ 1, got ${k}`);
}
