/**
 * A seed of its own for every place that draws, from one seed and the place's numbers: the mixing steps of MurmurHash3
 * (A. Appleby), so that neighbouring seeds and places have nothing in common.
 *
 * @example
 * rng(deriveSeed(seed, epoch))
 */
export function deriveSeed(seed: number, ...place: number[]): number {
  let hash = seed | 0;
  for (const part of place) {
    let k = Math.imul(part | 0, 0xcc9e2d51);
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    hash ^= k;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
