/** Writes `row` [width] into each of `rows` rows of out; width a multiple of 4. */
export function broadcastRow(row: usize, out: usize, rows: i32, width: i32): void {
  copyRows(row, 0, out, width, rows, width);
}

/** out[j] = Σ_r a[r, j] over `rows` rows in order, for `width` columns (a multiple of 4) of a matrix with row stride `ld`. */
export function sumRows(a: usize, ld: i32, rows: i32, width: i32, out: usize): void {
  const stride = <usize>ld << 2;
  let j: i32 = 0;
  // A line of the cache, 16 columns, at a time.
  for (; j + 16 <= width; j += 16) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, from = a + (<usize>j << 2);
    for (let r: i32 = 0; r < rows; r++, from += stride) {
      s0 = f32x4.add(s0, v128.load(from)); s1 = f32x4.add(s1, v128.load(from, 16));
      s2 = f32x4.add(s2, v128.load(from, 32)); s3 = f32x4.add(s3, v128.load(from, 48));
    }
    const to = out + (<usize>j << 2);
    v128.store(to, s0); v128.store(to, s1, 16); v128.store(to, s2, 32); v128.store(to, s3, 48);
  }
  for (; j < width; j += 4) {
    let sum = f32x4.splat(0), from = a + (<usize>j << 2);
    for (let r: i32 = 0; r < rows; r++, from += stride) sum = f32x4.add(sum, v128.load(from));
    v128.store(out + (<usize>j << 2), sum);
  }
}

/** out[j] = Σ_r a[r, j]·b[r, j], as `sumRows`; b has its own row stride. */
export function sumProducts(a: usize, lda: i32, b: usize, ldb: i32, rows: i32, width: i32, out: usize): void {
  const strideA = <usize>lda << 2, strideB = <usize>ldb << 2;
  for (let j: i32 = 0; j < width; j += 4) {
    let sum = f32x4.splat(0), pa = a + (<usize>j << 2), pb = b + (<usize>j << 2);
    for (let r: i32 = 0; r < rows; r++, pa += strideA, pb += strideB)
      sum = f32x4.add(sum, f32x4.mul(v128.load(pa), v128.load(pb)));
    v128.store(out + (<usize>j << 2), sum);
  }
}

/** Sets `floats` floats to 0. */
export function clear(address: usize, floats: i32): void {
  memory.fill(address, 0, <usize>floats << 2);
}

/** Copies `floats` floats of each of `rows` rows; strides in floats. */
export function copyRows(from: usize, fromStride: i32, to: usize, toStride: i32, rows: i32, floats: i32): void {
  const bytes = <usize>floats << 2, vectors = bytes & ~15;
  for (let r: i32 = 0; r < rows; r++) {
    for (let i: usize = 0; i < vectors; i += 16) v128.store(to + i, v128.load(from + i));
    for (let i = vectors; i < bytes; i += 4) store<f32>(to + i, load<f32>(from + i));
    from += <usize>fromStride << 2;
    to += <usize>toStride << 2;
  }
}
