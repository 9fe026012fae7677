import { softmax } from "../math/activations";
import { Matrix } from "../math/matrix";
import { assertLength, assertNotEmpty } from "../math/shape";
import { assertFinite } from "./finite";

export type CrossEntropy = {
  /** −ln p(target), averaged over the counted rows, in nats. */
  loss: number;
  /** The rows that count: all, or those that the mask keeps. */
  count: number;
  dLogits: Matrix;
  probabilities: Matrix;
};
export type SequenceCrossEntropy = {
  loss: number;
  count: number;
  dLogits: Matrix[];
  probabilities: Matrix[];
};

/**
 * The cross-entropy of softmax(logits) against whole-number targets:
 *   loss = −(1/count) Σ_r mask_r · ln p_r[target_r]        ∂loss/∂logits = mask ⊙ (p − onehot) / count
 * The logarithm is taken of no probability, so a hopeless row costs a large loss, never an infinite one. The
 * chapter's sum over the steps is `loss · count`, with `dLogits.scale(count)`.
 *
 * @param logits [batch, classes]
 * @param targets one class, 0 ≤ target < classes, a row
 * @param mask rows with a falsy entry do not count, as padding must not; all count unless given
 * @throws RangeError if a logit is not finite, a counted target is no class, or no row counts
 */
export function softmaxCrossEntropy(
  logits: Matrix,
  targets: ArrayLike<number>,
  mask?: ArrayLike<number | boolean>,
): CrossEntropy {
  const name = "softmaxCrossEntropy";
  const { rows, cols } = logits;
  assertLength(`${name}: targets`, targets, "batch", rows);
  if (mask) assertLength(`${name}: mask`, mask, "batch", rows);
  assertFinite(`${name}: logits`, logits);

  const probabilities = softmax(logits);
  const dLogits = Matrix.zeros(rows, cols);
  let sum = 0;
  let count = 0;
  for (let r = 0; r < rows; r++) {
    if (mask && !mask[r]) continue;
    const target = targets[r];
    if (!(Number.isInteger(target) && target >= 0 && target < cols))
      throw new RangeError(
        `${name}: targets[${r}]: expected an integer from 0 to ${cols - 1}, got ${target}`,
      );
    sum += logSumExp(logits, r) - logits.at(r, target);
    count++;
    for (let c = 0; c < cols; c++) dLogits.data[r * cols + c] = probabilities.at(r, c);
    dLogits.data[r * cols + target] -= 1;
  }
  if (count === 0) throw new RangeError(`${name}: mask: expected at least one row to count, got none`);
  return { loss: sum / count, count, dLogits: dLogits.scale(1 / count), probabilities };
}

/**
 * `softmaxCrossEntropy` over a sequence, averaged over all counted rows of all steps.
 *
 * @param logits one matrix [batch, classes] a step
 * @param targets `targets[t][b]`; masks likewise
 */
export function sequenceSoftmaxCrossEntropy(
  logits: readonly Matrix[],
  targets: ReadonlyArray<ArrayLike<number>>,
  masks?: ReadonlyArray<ArrayLike<number | boolean>>,
): SequenceCrossEntropy {
  const name = "sequenceSoftmaxCrossEntropy";
  assertNotEmpty(`${name}: logits`, logits);
  const flat = <T>(what: string, steps: ReadonlyArray<ArrayLike<T>>): T[] => {
    assertLength(`${name}: ${what}`, steps, "timesteps", logits.length);
    return steps.flatMap((step, t) => {
      assertLength(`${name}: ${what}[${t}]`, step, "batch", logits[t].rows);
      return Array.from(step);
    });
  };
  const { loss, count, dLogits, probabilities } = softmaxCrossEntropy(
    Matrix.concatRows(logits),
    flat("targets", targets),
    masks && flat("masks", masks),
  );
  return {
    loss,
    count,
    dLogits: dLogits.splitRows(logits.length),
    probabilities: probabilities.splitRows(logits.length),
  };
}

function logSumExp(m: Matrix, r: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < m.cols; c++) max = Math.max(max, m.at(r, c));
  let sum = 0;
  for (let c = 0; c < m.cols; c++) sum += Math.exp(m.at(r, c) - max);
  return max + Math.log(sum);
}
