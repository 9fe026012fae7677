/** Whether at most an eighth of a [m, k] is not 0, as in one-hot rows; k a multiple of 4, or rows padded with zeros up to one. */
export function isSparse(a: usize, lda: i32, m: i32, k: i32): bool {
  const row = <usize>lda << 2, bytes = <usize>k << 2, zero = f32x4.splat(0);
  const most = (m * k) >> 3;
  let count = 0;
  for (let r: i32 = 0; r < m; r++, a += row) {
    for (let i: usize = 0; i < bytes; i += 16) count += popcnt(i32x4.bitmask(f32x4.ne(v128.load(a + i), zero)));
    if (count > most) return false;
  }
  return true;
}

/** c[m, n] = bias + a·b for a [m, k] of mostly zeros, which are passed over; bias a row [n], or 0; n a multiple of 8. */
export function multiplySparse(
  a: usize, lda: i32, b: usize, ldb: i32, bias: usize, c: usize, m: i32, n: i32, k: i32,
): void {
  const bytes = <usize>n << 2;
  for (let r: i32 = 0; r < m; r++, a += <usize>lda << 2, c += bytes) {
    if (bias) memory.copy(c, bias, bytes); else memory.fill(c, 0, bytes);
    for (let p: i32 = 0; p < k; p++) {
      const value = load<f32>(a + (<usize>p << 2));
      if (value != 0) addMultiple(value, b + (<usize>(p * ldb) << 2), c, bytes);
    }
  }
}

/** c[m, n] = aᵀ·b for such an a [k, m]. */
export function multiplySparseTransposed(
  a: usize, lda: i32, b: usize, ldb: i32, c: usize, ldc: i32, m: i32, n: i32, k: i32,
): void {
  const bytes = <usize>n << 2;
  for (let r: i32 = 0; r < m; r++) memory.fill(c + (<usize>(r * ldc) << 2), 0, bytes);
  for (let p: i32 = 0; p < k; p++, a += <usize>lda << 2, b += <usize>ldb << 2)
    for (let r: i32 = 0; r < m; r++) {
      const value = load<f32>(a + (<usize>r << 2));
      if (value != 0) addMultiple(value, b, c + (<usize>(r * ldc) << 2), bytes);
    }
}

/** c += value·b */
// @ts-ignore: decorator
@inline
function addMultiple(value: f32, b: usize, c: usize, bytes: usize): void {
  const v = f32x4.splat(value);
  for (let i: usize = 0; i < bytes; i += 32) {
    v128.store(c + i, f32x4.add(v128.load(c + i), f32x4.mul(v, v128.load(b + i))));
    v128.store(c + i, f32x4.add(v128.load(c + i, 16), f32x4.mul(v, v128.load(b + i, 16))), 16);
  }
}
