import { describe, expect, it } from "vitest";
import { Matrix, normal, principalComponents, rng } from "../../src";
import { assertClose } from "../../src/math/assert-close";

const random = rng(3);
const mixing = Matrix.from([
  [3, 0.5, 0],
  [-1, 1, 0.2],
  [0, 0.3, 0.1],
]);
const samples = normal(random, 200, 3)
  .matmul(mixing)
  .addRow(Matrix.from([[5, -2, 1]]));

describe("principalComponents", () => {
  it("finds the line on which all samples lie", () => {
    const line = Matrix.from([-2, -1, 0, 4].map((t) => [1 + 3 * t, 2 - 4 * t]));
    const { directions, variances, scores } = principalComponents(line);
    assertClose("direction", directions.sliceColumns(0, 1), [-0.6, 0.8], 1e-12);
    expect(variances[1]).toBeLessThan(1e-12);
    assertClose("variance", [variances[0]], [(25 * (4 + 1 + 0 + 16 - 4 * 0.0625)) / 3], 1e-9);
    assertClose("second score", scores.sliceColumns(1, 2), [0, 0, 0, 0], 1e-12);
  });

  it("gives orthonormal directions, largest variance first", () => {
    const { directions, variances } = principalComponents(samples);
    assertClose("DᵀD", directions.transposeMatmul(directions), Matrix.identity(3), 1e-12);
    expect([...variances].sort((a, b) => b - a)).toEqual([...variances]);
  });

  it("gives uncorrelated scores with the stated variances, from which the samples come back", () => {
    const { mean, directions, variances, scores } = principalComponents(samples);
    assertClose(
      "scores' covariance",
      scores.transposeMatmul(scores).scale(1 / 199),
      Matrix.diagonal(variances),
      1e-10,
    );
    assertClose("samples", scores.matmulTranspose(directions).addRow(mean), samples, 1e-10);
  });

  it("makes each direction's entry of largest modulus positive", () => {
    for (const column of principalComponents(samples).directions.T.toArray())
      expect(column.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a))).toBeGreaterThan(0);
  });

  it("rejects a single sample", () => {
    expect(() => principalComponents(Matrix.zeros(1, 3))).toThrow(
      "principalComponents: samples: expected at least two rows, got 1",
    );
  });
});
