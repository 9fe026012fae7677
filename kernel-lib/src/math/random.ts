import { randomNormal } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { Matrix } from "./matrix";

/** A source of uniform doubles on [0, 1). */
export type Rng = () => number;

/** A seeded source: the same seed gives the same numbers on every machine (xoroshiro128+, 53 bits). */
export function rng(seed: number): Rng {
  const mixed = splitMix32(seed);
  const generator = xoroshiro128plusFromState([mixed(), mixed(), mixed(), mixed()]);
  return () => uniformFloat64(generator);
}

/**
 * The whole numbers, 32 bits each, that fill the generator's state from a seed: its authors ask for one of another
 * kind (D. Blackman, S. Vigna, Scrambled linear pseudorandom number generators, 2021). Taken as it is, the seed
 * makes the first number 1 − ε and the second nearly a multiple of the seed.
 */
function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
}

/** A matrix of uniform numbers on [−limit, limit). */
export function uniform(random: Rng, rows: number, cols: number, limit = 1): Matrix {
  return Matrix.zeros(rows, cols).map(() => (2 * random() - 1) * limit);
}

/** A matrix of normal numbers with mean 0. */
export function normal(random: Rng, rows: number, cols: number, standardDeviation = 1): Matrix {
  return Matrix.zeros(rows, cols).map(randomNormal.source(random)(0, standardDeviation));
}

/** `timesteps` matrices [batch, features] of uniform numbers on [−1, 1). */
export function uniformSequence(
  random: Rng,
  { timesteps, batch, features }: { timesteps: number; batch: number; features: number },
): Matrix[] {
  return Array.from({ length: timesteps }, () => uniform(random, batch, features));
}

/** A whole number from `from` up to, not including, `to`. */
export function integer(random: Rng, from: number, to: number): number {
  if (!(Number.isInteger(from) && Number.isInteger(to) && from < to))
    throw new RangeError(`integer: expected integers from < to, got from=${from}, to=${to}`);
  return from + Math.floor(random() * (to - from));
}

/** A shuffled copy (Fisher–Yates). */
export function shuffle<T>(random: Rng, items: readonly T[]): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = integer(random, 0, i + 1);
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

/**
 * An index drawn with the given probabilities.
 *
 * @param weights not negative; they need not sum to 1
 * @throws RangeError if a weight is negative or NaN, or if their sum is 0 or infinite
 */
export function categorical(random: Rng, weights: ArrayLike<number>): number {
  let total = 0;
  let last = -1;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i] >= 0))
      throw new RangeError(`categorical: weights: expected numbers ≥ 0, got ${weights[i]} at ${i}`);
    if (weights[i] > 0) last = i;
    total += weights[i];
  }
  if (!(total > 0 && total < Number.POSITIVE_INFINITY))
    throw new RangeError(`categorical: weights: expected a positive finite sum, got ${total}`);
  let left = random() * total;
  for (let i = 0; i < last; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return last;
}
