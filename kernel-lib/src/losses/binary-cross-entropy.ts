import { sigmoid } from "../math/activations";
import type { Matrix } from "../math/matrix";
import { assertShape } from "../math/shape";
import { assertFinite } from "./finite";

/**
 * The cross-entropy of p = σ(logits) against targets in [0, 1], in nats, averaged over all entries:
 *   loss = mean of −y·ln p − (1 − y)·ln(1 − p) = mean of max(v, 0) − v·y + ln(1 + e^−|v|)
 *   dLogits = (p − y) / entries
 * The second form of the loss, which is computed, overflows for no logit v.
 *
 * @throws RangeError if the shapes differ, a logit is not finite, or a target is outside [0, 1]
 */
export function binaryCrossEntropy(
  logits: Matrix,
  targets: Matrix,
): { loss: number; dLogits: Matrix; probabilities: Matrix } {
  assertShape("binaryCrossEntropy: targets", targets, { rows: logits.rows, cols: logits.cols });
  assertFinite("binaryCrossEntropy: logits", logits);
  let sum = 0;
  for (let i = 0; i < logits.data.length; i++) {
    const v = logits.data[i];
    const y = targets.data[i];
    if (!(y >= 0 && y <= 1))
      throw new RangeError(`binaryCrossEntropy: targets: expected numbers from 0 to 1, got ${y} at ${i}`);
    sum += Math.max(v, 0) - v * y + Math.log1p(Math.exp(-Math.abs(v)));
  }
  const probabilities = sigmoid(logits);
  const entries = logits.data.length;
  return { loss: sum / entries, dLogits: probabilities.sub(targets).scale(1 / entries), probabilities };
}
