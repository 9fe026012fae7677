import { integer, type Rng } from "../../../src/math/random";

/** One of the items. */
export function pick<T>(random: Rng, items: readonly T[]): T {
  return items[integer(random, 0, items.length)]!;
}

/** True in `percent` of 100 calls. */
export function chance(random: Rng, percent: number): boolean {
  return 100 * random() < percent;
}

/** Cuts `text` at two places: before, between, after. `longest` limits what is between. */
export function cut(random: Rng, text: string, longest = 20): [string, string, string] {
  const start = integer(random, 0, text.length + 1);
  const end = Math.min(text.length, start + integer(random, 0, longest + 1));
  return [text.slice(0, start), text.slice(start, end), text.slice(end)];
}
