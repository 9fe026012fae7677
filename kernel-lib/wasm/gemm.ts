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
 * c[m, n] (+)= a · b with b in panels. Element (r, p) of a is at a + 4·(r·rowStride + p·stepStride), so the same
 * loop multiplies by a matrix and by its transpose. Every element sums over p in order, whatever m and the tile.
 */
export function gemm(
  a: usize, rowStride: i32, stepStride: i32, panels: usize, c: usize, ldc: i32, m: i32, n: i32, k: i32, accumulate: i32,
): void {
  const row = <usize>rowStride << 2, step = <usize>stepStride << 2, ld = <usize>ldc << 2;
  const zero = f32x4.splat(0);
  for (let j: i32 = 0; j < n; j += 8) {
    const panel = panels + (<usize>j << 2) * <usize>k;
    let r: i32 = 0;
    for (; r + 4 <= m; r += 4) {
      let pa = a + <usize>r * row, pb = panel;
      const pc = c + <usize>r * ld + (<usize>j << 2);
      const pc1 = pc + ld, pc2 = pc1 + ld, pc3 = pc2 + ld;
      let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
      if (accumulate) {
        c00 = v128.load(pc); c01 = v128.load(pc, 16); c10 = v128.load(pc1); c11 = v128.load(pc1, 16);
        c20 = v128.load(pc2); c21 = v128.load(pc2, 16); c30 = v128.load(pc3); c31 = v128.load(pc3, 16);
      }
      const row2 = row << 1, row3 = row2 + row;
      for (const end = pb + (<usize>k << 5); pb < end; pb += 32, pa += step) {
        const b0 = v128.load(pb), b1 = v128.load(pb, 16);
        const a0 = v128.load32_splat(pa), a1 = v128.load32_splat(pa + row), a2 = v128.load32_splat(pa + row2), a3 = v128.load32_splat(pa + row3);
        c00 = f32x4.add(c00, f32x4.mul(a0, b0)); c01 = f32x4.add(c01, f32x4.mul(a0, b1));
        c10 = f32x4.add(c10, f32x4.mul(a1, b0)); c11 = f32x4.add(c11, f32x4.mul(a1, b1));
        c20 = f32x4.add(c20, f32x4.mul(a2, b0)); c21 = f32x4.add(c21, f32x4.mul(a2, b1));
        c30 = f32x4.add(c30, f32x4.mul(a3, b0)); c31 = f32x4.add(c31, f32x4.mul(a3, b1));
      }
      v128.store(pc, c00); v128.store(pc, c01, 16); v128.store(pc1, c10); v128.store(pc1, c11, 16);
      v128.store(pc2, c20); v128.store(pc2, c21, 16); v128.store(pc3, c30); v128.store(pc3, c31, 16);
    }
    for (; r < m; r++) {
      let pa = a + <usize>r * row, pb = panel;
      const pc = c + <usize>r * ld + (<usize>j << 2);
      let c0 = zero, c1 = zero;
      if (accumulate) { c0 = v128.load(pc); c1 = v128.load(pc, 16); }
      for (const end = pb + (<usize>k << 5); pb < end; pb += 32, pa += step) {
        const a0 = v128.load32_splat(pa);
        c0 = f32x4.add(c0, f32x4.mul(a0, v128.load(pb))); c1 = f32x4.add(c1, f32x4.mul(a0, v128.load(pb, 16)));
      }
      v128.store(pc, c0); v128.store(pc, c1, 16);
    }
  }
}

/**
 * Panels of bᵀ for b [n, k] with row stride ldb: out[panel][k][8], with zeros for the columns from n up to the next
 * multiple of 8.
 */
export function packTransposedPanels(b: usize, ldb: i32, k: i32, n: i32, out: usize): void {
  for (let j: i32 = 0; j < n; j += 8)
    for (let p: i32 = 0; p < k; p++)
      for (let i: i32 = 0; i < 8; i++, out += 4)
        store<f32>(out, j + i < n ? load<f32>(b + (<usize>((j + i) * ldb + p) << 2)) : 0);
}
