import { EVD, Matrix as MLMatrix, SVD } from "ml-matrix";
import type { Matrix } from "./matrix";
import { normal, type Rng } from "./random";
import { assertShape } from "./shape";

/** A complex number. */
export type Complex = { readonly re: number; readonly im: number };

/** The eigenvalues of a square matrix, largest modulus first. @throws RangeError if it is not square */
export function eigenvalues(m: Matrix): Complex[] {
  assertShape("eigenvalues: m", m, { rows: m.rows, cols: m.rows });
  const { realEigenvalues, imaginaryEigenvalues } = new EVD(toMLMatrix(m));
  return realEigenvalues
    .map((re, k) => ({ re, im: imaginaryEigenvalues[k] }))
    .sort((a, b) => modulus(b) - modulus(a));
}

/** The largest modulus of an eigenvalue. It rules the powers of a fixed matrix: Wᵏ → 0 exactly if it is < 1. */
export function spectralRadius(m: Matrix): number {
  return modulus(eigenvalues(m)[0]);
}

/** The singular values, largest first. */
export function singularValues(m: Matrix): number[] {
  // The decomposition pads a wide matrix, so the tall one of the two transposes is decomposed.
  return new SVD(toMLMatrix(m.rows < m.cols ? m.T : m), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  }).diagonal;
}

/** ‖m‖₂, the largest singular value: the most that m can stretch a vector. */
export function spectralNorm(m: Matrix): number {
  return singularValues(m)[0];
}

/**
 * A random matrix with orthonormal rows (or columns, where it is taller than wide), uniformly distributed: normal
 * rows made orthonormal one after the other (Saxe, McClelland & Ganguli 2014, arXiv:1312.6120).
 */
export function orthogonal(random: Rng, rows: number, cols: number): Matrix {
  const wide = normal(random, Math.min(rows, cols), Math.max(rows, cols));
  for (let r = 0; r < wide.rows; r++) {
    const row = rowOf(wide, r);
    // Twice, because rounding leaves a part of what the first projection should remove.
    for (let pass = 0; pass < 2; pass++)
      for (let s = 0; s < r; s++) addScaled(row, rowOf(wide, s), -dot(row, rowOf(wide, s)));
    const norm = Math.sqrt(dot(row, row));
    for (let c = 0; c < row.length; c++) row[c] /= norm;
  }
  return rows <= cols ? wide : wide.T;
}

const rowOf = (m: Matrix, r: number): Float64Array => m.data.subarray(r * m.cols, (r + 1) * m.cols);

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addScaled(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
}

const modulus = ({ re, im }: Complex): number => Math.hypot(re, im);
const toMLMatrix = (m: Matrix): MLMatrix => MLMatrix.from1DArray(m.rows, m.cols, m.data);
