/**
 * a·b + c: with one rounding where the build has relaxed SIMD (the native engine), else with two, which is the same on
 * every machine (the wasm engine).
 */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}
