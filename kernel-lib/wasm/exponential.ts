/** Cephes' coefficients of expf, from the highest power, and 1/ln 2, and ln 2 in two parts. */
const P = memory.data<f32>([
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
]);
const LN2 = memory.data<f32>([1.44269504088896341, 0.693359375, -2.12194440e-4]);

/**
 * e^x by 2^k · polynomial (Cephes' expf), for x ≤ 88; below −87 it is e^−87. Only +, ×, rounding and shifts:
 * the same bits on every machine.
 */
// @ts-ignore: decorator
@inline
export function exp4(value: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(value, f32x4.splat(88)), f32x4.splat(-87));
  const k = f32x4.nearest(f32x4.mul(x, v128.load32_splat(LN2)));
  let r = f32x4.sub(x, f32x4.mul(k, v128.load32_splat(LN2, 4)));
  r = f32x4.sub(r, f32x4.mul(k, v128.load32_splat(LN2, 8)));
  let p = v128.load32_splat(P);
  p = f32x4.add(f32x4.mul(p, r), v128.load32_splat(P, 4));
  p = f32x4.add(f32x4.mul(p, r), v128.load32_splat(P, 8));
  p = f32x4.add(f32x4.mul(p, r), v128.load32_splat(P, 12));
  p = f32x4.add(f32x4.mul(p, r), v128.load32_splat(P, 16));
  p = f32x4.add(f32x4.mul(p, r), v128.load32_splat(P, 20));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  return f32x4.mul(p, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23));
}

/** e^x of one number. */
// @ts-ignore: decorator
@inline
export function exponential(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

/** ln x for x > 0 (Cephes' logf): x = 2^k·m with m in [√½, √2), ln x = k·ln 2 + ln m. */
export function logarithm(x: f32): f32 {
  const bits = reinterpret<i32>(x);
  let k = (bits >> 23) - 126;
  let m = reinterpret<f32>((bits & 0x007fffff) | 0x3f000000);
  if (m < 0.707106781186547524) { k--; m = m + m; }
  m -= 1;
  const s = m * m;
  let p: f32 = 7.0376836292e-2;
  p = p * m - 1.1514610310e-1;
  p = p * m + 1.1676998740e-1;
  p = p * m - 1.2420140846e-1;
  p = p * m + 1.4249322787e-1;
  p = p * m - 1.6668057665e-1;
  p = p * m + 2.0000714765e-1;
  p = p * m - 2.4999993993e-1;
  p = p * m + 3.3333331174e-1;
  let y = p * m * s + <f32>k * -2.12194440e-4;
  y -= 0.5 * s;
  return m + y + <f32>k * 0.693359375;
}
