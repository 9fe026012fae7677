import { multiplyAdd } from "./multiply-add";

/**
 * Adam (Kingma & Ba 2015) for `n` parameters (a multiple of 4), in Keras' form:
 *   m += (1 − β₁)(g − m)    v += (1 − β₂)(g² − v)    p −= rate·m / (√v + ε)
 * `rates` holds rate = η·√(1 − β₂ᵗ)/(1 − β₁ᵗ), 1 − β₁, 1 − β₂, ε, and a factor that g is multiplied by first.
 */
export function adam(p: usize, g: usize, m: usize, v: usize, n: i32, rates: usize): void {
  const rate = v128.load32_splat(rates), a = v128.load32_splat(rates, 4), b = v128.load32_splat(rates, 8);
  const epsilon = v128.load32_splat(rates, 12), factor = v128.load32_splat(rates, 16);
  for (let i: usize = 0, end = <usize>n << 2; i < end; i += 16) {
    const grad = f32x4.mul(factor, v128.load(g + i));
    const m0 = v128.load(m + i), v0 = v128.load(v + i);
    const m1 = multiplyAdd(a, f32x4.sub(grad, m0), m0);
    const v1 = multiplyAdd(b, f32x4.sub(f32x4.mul(grad, grad), v0), v0);
    v128.store(m + i, m1);
    v128.store(v + i, v1);
    v128.store(p + i, f32x4.sub(v128.load(p + i), f32x4.div(f32x4.mul(rate, m1), f32x4.add(f32x4.sqrt(v1), epsilon))));
  }
}
