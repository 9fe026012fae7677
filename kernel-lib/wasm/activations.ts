import { multiplyAdd } from "./multiply-add";

// A coefficient is loaded where it is used, which costs one instruction; V8 makes a constant vector anew with three.
const P = memory.data<f32>([
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8, 1.48572235717979e-5,
  6.37261928875436e-4, 4.89352455891786e-3,
]);
const Q = memory.data<f32>([1.19825839466702e-6, 1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3]);
const LIMITS = memory.data<f32>([7.90531110763549805, -7.90531110763549805]);
const HALF = memory.data<f32>([0.5]);

/**
 * tanh by the rational approximation x·P(x²)/Q(x²) of degree 13/6 (the coefficients of Eigen and XLA), with a largest
 * error of 1.1e-7, and the logistic function by it. Only +, ×, ÷ and comparisons, no library call; NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function tanh4(value: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(value, v128.load32_splat(LIMITS)), v128.load32_splat(LIMITS, 4));
  const s = f32x4.mul(x, x);
  let p = multiplyAdd(s, v128.load32_splat(P), v128.load32_splat(P, 4));
  p = multiplyAdd(s, p, v128.load32_splat(P, 8));
  p = multiplyAdd(s, p, v128.load32_splat(P, 12));
  p = multiplyAdd(s, p, v128.load32_splat(P, 16));
  p = multiplyAdd(s, p, v128.load32_splat(P, 20));
  p = multiplyAdd(s, p, v128.load32_splat(P, 24));
  let q = multiplyAdd(s, v128.load32_splat(Q), v128.load32_splat(Q, 4));
  q = multiplyAdd(s, q, v128.load32_splat(Q, 8));
  q = multiplyAdd(s, q, v128.load32_splat(Q, 12));
  return f32x4.div(f32x4.mul(x, p), q);
}

/** σ(x) = ½ + ½·tanh(x/2) */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const half = v128.load32_splat(HALF);
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
