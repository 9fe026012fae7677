import { multiplyAdd } from "./multiply-add";

/**
 * tanh by the rational approximation x·P(x²)/Q(x²) of degree 13/6 (the coefficients of Eigen and XLA), with a largest
 * error of 1.1e-7, and the logistic function by it. Only +, ×, ÷, min and max, no library call.
 */
// @ts-ignore: decorator
@inline
export function tanh4(value: v128): v128 {
  const limit: f32 = 7.90531110763549805;
  const x = f32x4.max(f32x4.min(value, f32x4.splat(limit)), f32x4.splat(-limit));
  const s = f32x4.mul(x, x);
  let p = multiplyAdd(s, f32x4.splat(-2.76076847742355e-16), f32x4.splat(2.00018790482477e-13));
  p = multiplyAdd(s, p, f32x4.splat(-8.60467152213735e-11));
  p = multiplyAdd(s, p, f32x4.splat(5.12229709037114e-8));
  p = multiplyAdd(s, p, f32x4.splat(1.48572235717979e-5));
  p = multiplyAdd(s, p, f32x4.splat(6.37261928875436e-4));
  p = multiplyAdd(s, p, f32x4.splat(4.89352455891786e-3));
  let q = multiplyAdd(s, f32x4.splat(1.19825839466702e-6), f32x4.splat(1.18534705686654e-4));
  q = multiplyAdd(s, q, f32x4.splat(2.268434632439e-3));
  q = multiplyAdd(s, q, f32x4.splat(4.89352518554385e-3));
  return f32x4.div(f32x4.mul(x, p), q);
}

/** σ(x) = ½ + ½·tanh(x/2) */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const half = f32x4.splat(0.5);
  return multiplyAdd(half, tanh4(f32x4.mul(x, half)), half);
}

/** s·(1 − s), the logistic function's derivative from its output. */
// @ts-ignore: decorator
@inline
export function dSigmoid4(s: v128): v128 {
  return f32x4.mul(s, f32x4.sub(f32x4.splat(1), s));
}

/** 1 − t², tanh's derivative from its output. */
// @ts-ignore: decorator
@inline
export function dTanh4(t: v128): v128 {
  return f32x4.sub(f32x4.splat(1), f32x4.mul(t, t));
}
