const M = 0x5bd1e995;

/**
 * MurmurHash2 of a text in UTF-8, 32 bits, by which Jupyter's front ends name a cell.
 * Source: A. Appleby, MurmurHash2.cpp in https://github.com/aappleby/smhasher
 */
export function murmur2(text: string, seed: number): number {
  const data = new TextEncoder().encode(text);
  const view = new DataView(data.buffer);
  const whole = data.length & ~3;
  let hash = seed ^ data.length;
  for (let at = 0; at < whole; at += 4) {
    const word = Math.imul(view.getInt32(at, true), M);
    hash = Math.imul(hash, M) ^ Math.imul(word ^ (word >>> 24), M);
  }
  if (whole < data.length) {
    for (const [index, byte] of data.subarray(whole).entries()) hash ^= byte << (8 * index);
    hash = Math.imul(hash, M);
  }
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return (hash ^ (hash >>> 15)) >>> 0;
}
