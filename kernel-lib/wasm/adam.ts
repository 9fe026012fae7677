/**
 * Adam (Kingma & Ba 2015) for `n` parameters (a multiple of 4), in Keras' form:
 *   m += (1 − β₁)(g − m)    v += (1 − β₂)(g² − v)    p −= rate·m / (√v + ε)
 * `rate` = η·√(1 − β₂ᵗ)/(1 − β₁ᵗ) is the caller's; `clip` scales the gradient first.
 */
export function adam(
  p: usize, g: usize, m: usize, v: usize, n: i32, rate: f32, oneMinusBeta1: f32, oneMinusBeta2: f32, epsilon: f32, clip: f32,
): void {
  const a = f32x4.splat(oneMinusBeta1), b = f32x4.splat(oneMinusBeta2), e = f32x4.splat(epsilon), eta = f32x4.splat(rate), c = f32x4.splat(clip);
  for (let i: usize = 0, end = <usize>n << 2; i < end; i += 16) {
    const grad = f32x4.mul(c, v128.load(g + i));
    const m0 = v128.load(m + i), v0 = v128.load(v + i);
    const m1 = f32x4.add(m0, f32x4.mul(a, f32x4.sub(grad, m0)));
    const v1 = f32x4.add(v0, f32x4.mul(b, f32x4.sub(f32x4.mul(grad, grad), v0)));
    v128.store(m + i, m1);
    v128.store(v + i, v1);
    v128.store(p + i, f32x4.sub(v128.load(p + i), f32x4.div(f32x4.mul(eta, m1), f32x4.add(f32x4.sqrt(v1), e))));
  }
}
