/**
 * −ln p(target) at every position, in nats: how much each token surprised the model.
 *
 * @param probabilities `probabilities[t]` over all tokens
 * @throws RangeError if the lengths differ, or a target is no token
 */
export function surprisals(
  probabilities: readonly ArrayLike<number>[],
  targets: ArrayLike<number>,
): Float64Array {
  if (probabilities.length !== targets.length)
    throw new RangeError(
      `surprisals: targets: expected ${probabilities.length} of them, got ${targets.length}`,
    );
  return Float64Array.from(targets, (target, t) => {
    const p = probabilities[t][target];
    if (p === undefined)
      throw new RangeError(
        `surprisals: targets[${t}]: expected 0 to ${probabilities[t].length - 1}, got ${target}`,
      );
    return -Math.log(p);
  });
}

/** The mean of the surprisals: the cross-entropy per token in nats. @throws RangeError if there is none */
export function crossEntropy(surprisalsInNats: ArrayLike<number>): number {
  const n = surprisalsInNats.length;
  if (n === 0) throw new RangeError("crossEntropy: surprisalsInNats: expected at least one, got none");
  let sum = 0;
  for (let t = 0; t < n; t++) sum += surprisalsInNats[t];
  return sum / n;
}

/** e^crossEntropy: among how many equally likely tokens the model would hesitate as much. */
export function perplexity(crossEntropyInNats: number): number {
  return Math.exp(crossEntropyInNats);
}

/** Cross-entropy in bits, when the tokens are characters. */
export function bitsPerCharacter(crossEntropyInNats: number): number {
  return crossEntropyInNats / Math.LN2;
}
