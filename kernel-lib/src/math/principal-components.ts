import { EVD, Matrix as MLMatrix } from "ml-matrix";
import { Matrix } from "./matrix";

export type PrincipalComponents = {
  /** The samples' mean [1, features]. */
  readonly mean: Matrix;
  /** One direction of length 1 in each column [features, features], that of the largest variance first. */
  readonly directions: Matrix;
  /** The variance along each direction. */
  readonly variances: Float64Array;
  /** The samples in the new coordinates, (samples − mean)·directions. */
  readonly scores: Matrix;
};

/**
 * Principal component analysis (Pearson 1901): the eigenvectors of the covariance matrix XᵀX / (samples − 1) of the
 * centred samples X. A direction's sign is free; here its entry of largest modulus is positive.
 *
 * @param samples [samples, features]
 * @throws RangeError unless there are at least two samples
 */
export function principalComponents(samples: Matrix): PrincipalComponents {
  const { rows, cols } = samples;
  if (rows < 2) throw new RangeError(`principalComponents: samples: expected at least two rows, got ${rows}`);
  const mean = samples.sumRows().scale(1 / rows);
  const centred = samples.addRow(mean.scale(-1));
  const covariance = centred.transposeMatmul(centred).scale(1 / (rows - 1));
  const { realEigenvalues, eigenvectorMatrix } = new EVD(MLMatrix.from1DArray(cols, cols, covariance.data), {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, k) => k).sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const columns = order.map((k) => signed(eigenvectorMatrix.getColumn(k)));
  const directions = Matrix.from(columns).T;
  const variances = Float64Array.from(order, (k) => Math.max(0, realEigenvalues[k]));
  return { mean, directions, variances, scores: centred.matmul(directions) };
}

function signed(direction: number[]): number[] {
  const largest = direction.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  return largest < 0 ? direction.map((v) => -v) : direction;
}
