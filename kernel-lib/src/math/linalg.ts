import { EVD, Matrix as MLMatrix, QR, SVD } from "ml-matrix";
import { Matrix } from "./matrix";
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
 * A random matrix with orthonormal rows (or columns, where it is taller than wide): the Q of a normal matrix,
 * with the signs of R's diagonal, which makes it uniformly distributed (Saxe et al. 2014, arXiv:1312.6120).
 */
export function orthogonal(random: Rng, rows: number, cols: number): Matrix {
  const [tall, narrow] = [Math.max(rows, cols), Math.min(rows, cols)];
  const { orthogonalMatrix, upperTriangularMatrix } = new QR(toMLMatrix(normal(random, tall, narrow)));
  const q = Matrix.zeros(tall, narrow).map((_, i) => {
    const c = i % narrow;
    const sign = upperTriangularMatrix.get(c, c) < 0 ? -1 : 1;
    return sign * orthogonalMatrix.get(Math.floor(i / narrow), c);
  });
  return rows < cols ? q.T : q;
}

const modulus = ({ re, im }: Complex): number => Math.hypot(re, im);
const toMLMatrix = (m: Matrix): MLMatrix => MLMatrix.from1DArray(m.rows, m.cols, m.data);
