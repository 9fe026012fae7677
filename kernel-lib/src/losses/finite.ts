import type { Matrix } from "../math/matrix";

/** Throws at the first entry that is NaN or infinite, `mse: prediction: expected finite numbers, got NaN at [2, 0]`. */
export function assertFinite(what: string, m: Matrix): void {
  const i = m.data.findIndex((v) => !Number.isFinite(v));
  if (i >= 0)
    throw new RangeError(
      `${what}: expected finite numbers, got ${m.data[i]} at [${Math.floor(i / m.cols)}, ${i % m.cols}]`,
    );
}
