/**
 * Products with a right operand in panels (./pack.ts). Every element of a result sums over p in order, whatever the
 * tile. A tile is four rows by eight columns: as many sums as V8 keeps in registers. Two steps of p stand in one turn of
 * the loop, with a branch between them, because V8 fetches all that a block of code loads before it computes.
 */

/**
 * c[m, n] = start + a·b for a [m, k]; strides in floats. `start` is c itself, or a row that all rows start from (stride 0),
 * or 0 for zeros.
 */
export function multiply(
  a: usize, lda: i32, panels: usize, start: usize, startStride: i32, c: usize, ldc: i32, m: i32, n: i32, k: i32,
): void {
  const row = <usize>lda << 2, ld = <usize>ldc << 2, ls = <usize>startStride << 2, depth = <usize>k << 5;
  const tiles = m & ~3;
  for (let j: i32 = 0; j < n; j += 8) {
    const column = <usize>j << 2, panel = panels + column * <usize>k;
    for (let r: i32 = 0; r < tiles; r += 4) {
      let p0 = a + <usize>r * row, p1 = p0 + row, p2 = p1 + row, p3 = p2 + row;
      let c00 = zero(), c01 = zero(), c10 = zero(), c11 = zero(), c20 = zero(), c21 = zero(), c30 = zero(), c31 = zero();
      if (start) {
        const s0 = start + <usize>r * ls + column, s1 = s0 + ls, s2 = s1 + ls, s3 = s2 + ls;
        c00 = v128.load(s0); c01 = v128.load(s0, 16); c10 = v128.load(s1); c11 = v128.load(s1, 16);
        c20 = v128.load(s2); c21 = v128.load(s2, 16); c30 = v128.load(s3); c31 = v128.load(s3, 16);
      }
      let pb = panel;
      const end = panel + depth, last = end - 32;
      do {
        {
          const b0 = v128.load(pb), b1 = v128.load(pb, 16);
          const a0 = v128.load32_splat(p0), a1 = v128.load32_splat(p1), a2 = v128.load32_splat(p2), a3 = v128.load32_splat(p3);
          c00 = add(c00, a0, b0); c01 = add(c01, a0, b1); c10 = add(c10, a1, b0); c11 = add(c11, a1, b1);
          c20 = add(c20, a2, b0); c21 = add(c21, a2, b1); c30 = add(c30, a3, b0); c31 = add(c31, a3, b1);
        }
        if (pb == last) break;
        {
          const b0 = v128.load(pb, 32), b1 = v128.load(pb, 48);
          const a0 = v128.load32_splat(p0, 4), a1 = v128.load32_splat(p1, 4), a2 = v128.load32_splat(p2, 4), a3 = v128.load32_splat(p3, 4);
          c00 = add(c00, a0, b0); c01 = add(c01, a0, b1); c10 = add(c10, a1, b0); c11 = add(c11, a1, b1);
          c20 = add(c20, a2, b0); c21 = add(c21, a2, b1); c30 = add(c30, a3, b0); c31 = add(c31, a3, b1);
        }
        pb += 64; p0 += 8; p1 += 8; p2 += 8; p3 += 8;
      } while (pb < end);
      const pc = c + <usize>r * ld + column, pc1 = pc + ld, pc2 = pc1 + ld, pc3 = pc2 + ld;
      v128.store(pc, c00); v128.store(pc, c01, 16); v128.store(pc1, c10); v128.store(pc1, c11, 16);
      v128.store(pc2, c20); v128.store(pc2, c21, 16); v128.store(pc3, c30); v128.store(pc3, c31, 16);
    }
  }
  for (let r = tiles; r < m; r++)
    multiplyRow(a + <usize>r * row, panels, start ? start + <usize>r * ls : 0, c + <usize>r * ld, n, k);
}

/** One row of `multiply`: four panels at a time, so that eight sums are under way. */
function multiplyRow(a: usize, panels: usize, start: usize, c: usize, n: i32, k: i32): void {
  const depth = <usize>k << 5;
  let j: i32 = 0;
  for (; j + 32 <= n; j += 32) {
    const column = <usize>j << 2;
    let pa = a, p0 = panels + column * <usize>k, p1 = p0 + depth, p2 = p1 + depth, p3 = p2 + depth;
    let c00 = zero(), c01 = zero(), c10 = zero(), c11 = zero(), c20 = zero(), c21 = zero(), c30 = zero(), c31 = zero();
    if (start) {
      const s = start + column;
      c00 = v128.load(s); c01 = v128.load(s, 16); c10 = v128.load(s, 32); c11 = v128.load(s, 48);
      c20 = v128.load(s, 64); c21 = v128.load(s, 80); c30 = v128.load(s, 96); c31 = v128.load(s, 112);
    }
    for (const end = p0 + depth; p0 < end; p0 += 32, p1 += 32, p2 += 32, p3 += 32, pa += 4) {
      const x = v128.load32_splat(pa);
      c00 = add(c00, x, v128.load(p0)); c01 = add(c01, x, v128.load(p0, 16));
      c10 = add(c10, x, v128.load(p1)); c11 = add(c11, x, v128.load(p1, 16));
      c20 = add(c20, x, v128.load(p2)); c21 = add(c21, x, v128.load(p2, 16));
      c30 = add(c30, x, v128.load(p3)); c31 = add(c31, x, v128.load(p3, 16));
    }
    const pc = c + column;
    v128.store(pc, c00); v128.store(pc, c01, 16); v128.store(pc, c10, 32); v128.store(pc, c11, 48);
    v128.store(pc, c20, 64); v128.store(pc, c21, 80); v128.store(pc, c30, 96); v128.store(pc, c31, 112);
  }
  for (; j < n; j += 8) {
    const column = <usize>j << 2;
    let pa = a, pb = panels + column * <usize>k, c0 = zero(), c1 = zero();
    if (start) { c0 = v128.load(start + column); c1 = v128.load(start + column, 16); }
    for (const end = pb + depth; pb < end; pb += 32, pa += 4) {
      const x = v128.load32_splat(pa);
      c0 = add(c0, x, v128.load(pb)); c1 = add(c1, x, v128.load(pb, 16));
    }
    v128.store(c + column, c0); v128.store(c + column, c1, 16);
  }
}

/**
 * c[m, n] = aᵀ·b, or with `accumulate` c += aᵀ·b, for a [k, m] whose rows can be read up to the next multiple of 4.
 * `tile` is room for 4·k floats: four columns of a, which lie too far apart for the cache where they are.
 */
export function multiplyTransposed(
  a: usize, lda: i32, panels: usize, accumulate: bool, c: usize, ldc: i32, m: i32, n: i32, k: i32, tile: usize,
): void {
  const ld = <usize>ldc << 2, depth = <usize>k << 5;
  for (let r: i32 = 0; r < m; r += 4) {
    for (let p: i32 = 0; p < k; p++) v128.store(tile + (<usize>p << 4), v128.load(a + (<usize>(p * lda + r) << 2)));
    const rows = m - r;
    for (let j: i32 = 0; j < n; j += 8) {
      const column = <usize>j << 2, panel = panels + column * <usize>k;
      const pc = c + <usize>r * ld + column, pc1 = pc + ld, pc2 = pc1 + ld, pc3 = pc2 + ld;
      let c00 = zero(), c01 = zero(), c10 = zero(), c11 = zero(), c20 = zero(), c21 = zero(), c30 = zero(), c31 = zero();
      if (accumulate) {
        c00 = v128.load(pc); c01 = v128.load(pc, 16);
        if (rows > 1) { c10 = v128.load(pc1); c11 = v128.load(pc1, 16); }
        if (rows > 2) { c20 = v128.load(pc2); c21 = v128.load(pc2, 16); }
        if (rows > 3) { c30 = v128.load(pc3); c31 = v128.load(pc3, 16); }
      }
      let pa = tile, pb = panel;
      const end = panel + depth, last = end - 32;
      do {
        {
          const b0 = v128.load(pb), b1 = v128.load(pb, 16);
          const a0 = v128.load32_splat(pa), a1 = v128.load32_splat(pa, 4), a2 = v128.load32_splat(pa, 8), a3 = v128.load32_splat(pa, 12);
          c00 = add(c00, a0, b0); c01 = add(c01, a0, b1); c10 = add(c10, a1, b0); c11 = add(c11, a1, b1);
          c20 = add(c20, a2, b0); c21 = add(c21, a2, b1); c30 = add(c30, a3, b0); c31 = add(c31, a3, b1);
        }
        if (pb == last) break;
        {
          const b0 = v128.load(pb, 32), b1 = v128.load(pb, 48);
          const a0 = v128.load32_splat(pa, 16), a1 = v128.load32_splat(pa, 20), a2 = v128.load32_splat(pa, 24), a3 = v128.load32_splat(pa, 28);
          c00 = add(c00, a0, b0); c01 = add(c01, a0, b1); c10 = add(c10, a1, b0); c11 = add(c11, a1, b1);
          c20 = add(c20, a2, b0); c21 = add(c21, a2, b1); c30 = add(c30, a3, b0); c31 = add(c31, a3, b1);
        }
        pb += 64; pa += 32;
      } while (pb < end);
      v128.store(pc, c00); v128.store(pc, c01, 16);
      if (rows > 1) { v128.store(pc1, c10); v128.store(pc1, c11, 16); }
      if (rows > 2) { v128.store(pc2, c20); v128.store(pc2, c21, 16); }
      if (rows > 3) { v128.store(pc3, c30); v128.store(pc3, c31, 16); }
    }
  }
}

// @ts-ignore: decorator
@inline
function add(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

// @ts-ignore: decorator
@inline
function zero(): v128 {
  return f32x4.splat(0);
}
