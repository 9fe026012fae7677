/** Panels of eight columns: out[panel][k][8] from b [k, n], row-major with row stride ldb (floats); n a multiple of 8. */
export function packPanels(b: usize, ldb: i32, k: i32, n: i32, out: usize): void {
  const stride = <usize>ldb << 2;
  for (let j: i32 = 0; j < n; j += 8) {
    let from = b + (<usize>j << 2);
    for (let p: i32 = 0; p < k; p++) {
      v128.store(out, v128.load(from));
      v128.store(out, v128.load(from, 16), 16);
      from += stride;
      out += 32;
    }
  }
}

/**
 * Panels of bᵀ for b [n, k] with row stride ldb, k a multiple of 4: out[panel][k][8], with zeros for the columns from n
 * up to the next multiple of 8.
 */
export function packTransposedPanels(b: usize, ldb: i32, k: i32, n: i32, out: usize): void {
  for (let j: i32 = 0; j < n; j += 8)
    transpose(b + (<usize>(j * ldb) << 2), ldb, min(8, n - j), k, out + (<usize>(j * k) << 2), 8, 8);
}

/**
 * out [columns, width] = aᵀ for a [rows, columns] with row stride lda; columns and width multiples of 4, ldo the row
 * stride of out. Where rows < width, the rest of each row is 0.
 */
export function transpose(a: usize, lda: i32, rows: i32, columns: i32, out: usize, ldo: i32, width: i32): void {
  const stride = <usize>lda << 2, step = <usize>ldo << 2;
  for (let r: i32 = 0; r < width; r += 4)
    for (let c: i32 = 0; c < columns; c += 4) {
      const from = a + <usize>r * stride + (<usize>c << 2);
      const r0 = row(from, r < rows), r1 = row(from + stride, r + 1 < rows);
      const r2 = row(from + 2 * stride, r + 2 < rows), r3 = row(from + 3 * stride, r + 3 < rows);
      const even0 = v128.shuffle<f32>(r0, r1, 0, 4, 2, 6), odd0 = v128.shuffle<f32>(r0, r1, 1, 5, 3, 7);
      const even1 = v128.shuffle<f32>(r2, r3, 0, 4, 2, 6), odd1 = v128.shuffle<f32>(r2, r3, 1, 5, 3, 7);
      const to = out + <usize>c * step + (<usize>r << 2);
      v128.store(to, v128.shuffle<f64>(even0, even1, 0, 2));
      v128.store(to + step, v128.shuffle<f64>(odd0, odd1, 0, 2));
      v128.store(to + 2 * step, v128.shuffle<f64>(even0, even1, 1, 3));
      v128.store(to + 3 * step, v128.shuffle<f64>(odd0, odd1, 1, 3));
    }
}

// @ts-ignore: decorator
@inline
function row(address: usize, there: bool): v128 {
  return there ? v128.load(address) : f32x4.splat(0);
}
