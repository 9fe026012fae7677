import type { Matrix } from "../math/matrix";
import { assertShape } from "../math/shape";
import { assertFinite } from "./finite";

/**
 * loss = mean of (prediction − target)² over all entries; dPrediction = 2·(prediction − target) / entries.
 *
 * @throws RangeError if the shapes differ, or an entry is not finite
 */
export function meanSquaredError(prediction: Matrix, target: Matrix): { loss: number; dPrediction: Matrix } {
  assertShape("meanSquaredError: target", target, { rows: prediction.rows, cols: prediction.cols });
  assertFinite("meanSquaredError: prediction", prediction);
  assertFinite("meanSquaredError: target", target);
  const error = prediction.sub(target);
  const entries = error.data.length;
  return { loss: error.dot(error) / entries, dPrediction: error.scale(2 / entries) };
}
