import { orthogonal, spectralNorm } from "./linalg";
import { Matrix } from "./matrix";
import { normal, type Rng } from "./random";

/**
 * A random square matrix with the given spectral radius ρ and norm ‖·‖₂ = σ ≥ ρ > 0: Q (D + a·U) Qᵀ with a random
 * orthogonal Q, eigenvalues D = ρ·diag(1, −(1 − 1/n), 1 − 2/n, …), and a random strictly upper triangular U (the
 * Schur form of a matrix). U changes no eigenvalue; the norm grows with a ≥ 0, which is found by bisection. For
 * σ = ρ the matrix is symmetric.
 *
 * @throws RangeError unless 0 < radius ≤ norm, finite, and size ≥ 2
 */
export function withSpectrum(
  random: Rng,
  size: number,
  { radius, norm }: { radius: number; norm: number },
): Matrix {
  if (!(Number.isInteger(size) && size >= 2))
    throw new RangeError(`withSpectrum: size: expected an integer ≥ 2, got ${size}`);
  if (!(radius > 0 && radius <= norm && Number.isFinite(norm)))
    throw new RangeError(`withSpectrum: expected 0 < radius ≤ norm < ∞, got radius=${radius}, norm=${norm}`);
  const basis = orthogonal(random, size, size);
  const sign = (k: number): number => (k % 2 === 0 ? 1 : -1);
  const diagonal = Matrix.diagonal(Array.from({ length: size }, (_, k) => radius * sign(k) * (1 - k / size)));
  const upper = normal(random, size, size).map((v, i) => (i % size > Math.floor(i / size) ? v : 0));
  const triangular = (a: number): Matrix => diagonal.add(upper.scale(a));
  let [low, high] = [0, 1];
  while (spectralNorm(triangular(high)) < norm) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (spectralNorm(triangular(middle)) < norm) low = middle;
    else high = middle;
  }
  return basis.matmul(triangular(low)).matmulTranspose(basis);
}
