/** A 32-bit hash whose bits all depend on all bits of its input (MurmurHash3's finalizer, by A. Appleby). */
// @ts-ignore: decorator
@inline
function mix(value: u32): u32 {
  value ^= value >> 16;
  value *= 0x85ebca6b;
  value ^= value >> 13;
  value *= 0xc2b2ae35;
  return value ^ (value >> 16);
}

/**
 * y[i] = x[i] / (1 − rate) or 0, with probability `rate`, for `floats` floats whose places are first, first + 1, …
 * `seed` is the address of the step's seed: the same seed and place are dropped in the backward pass.
 */
export function dropout(x: usize, y: usize, floats: i32, first: i32, seed: usize, rate: f32): void {
  const key = mix(load<u32>(seed));
  const threshold = <u32>(<f64>rate * 4294967296.0);
  const scale: f32 = 1 / (1 - rate);
  for (let i: i32 = 0; i < floats; i++) {
    const keep = mix(<u32>(first + i) + key) >= threshold;
    const at = <usize>i << 2;
    store<f32>(y + at, keep ? load<f32>(x + at) * scale : 0);
  }
}
