/** A 32-bit hash whose bits all depend on all bits of its input (MurmurHash3's finalizer, by A. Appleby), of four numbers. */
// @ts-ignore: decorator
@inline
function mix4(value: v128): v128 {
  value = v128.xor(value, i32x4.shr_u(value, 16));
  value = i32x4.mul(value, i32x4.splat(0x85ebca6b));
  value = v128.xor(value, i32x4.shr_u(value, 13));
  value = i32x4.mul(value, i32x4.splat(0xc2b2ae35));
  return v128.xor(value, i32x4.shr_u(value, 16));
}

/**
 * y[i] = x[i] / (1 − rate) or 0, with probability `rate`, for `floats` floats (a multiple of 4) whose places are first,
 * first + 1, … `seed` is the address of the step's seed: the same seed and place are dropped in the backward pass.
 */
export function dropout(x: usize, y: usize, floats: i32, first: i32, seed: usize, rate: f32): void {
  const key = mix4(v128.load32_splat(seed));
  const threshold = i32x4.splat(<u32>(<f64>rate * 4294967296.0));
  const scale = f32x4.splat(1 / (1 - rate));
  let place = i32x4.add(i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3)), key);
  for (let i: usize = 0, end = <usize>floats << 2; i < end; i += 16) {
    const kept = i32x4.ge_u(mix4(place), threshold);
    v128.store(y + i, v128.and(kept, f32x4.mul(v128.load(x + i), scale)));
    place = i32x4.add(place, i32x4.splat(4));
  }
}
