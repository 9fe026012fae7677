import type { Params } from "../cells/cell";

/** The norm of all gradients together, √Σ g². */
export function globalNorm(grads: Params): number {
  let sum = 0;
  for (const name in grads) sum += grads[name].dot(grads[name]);
  return Math.sqrt(sum);
}

/**
 * Clipping by norm, in place (Pascanu, Mikolov & Bengio 2013): if the norm of all gradients together is above
 * `maxNorm`, every gradient is scaled by maxNorm / norm, which keeps the direction.
 *
 * @returns the norm before clipping
 * @throws RangeError unless maxNorm > 0; if the norm is not finite, since no scaling mends that
 */
export function clipByGlobalNorm(grads: Params, maxNorm: number): number {
  assertPositive("clipByGlobalNorm: maxNorm", maxNorm);
  const norm = globalNorm(grads);
  if (!Number.isFinite(norm))
    throw new RangeError(`clipByGlobalNorm: grads: expected a finite norm, got ${norm}`);
  if (norm > maxNorm) {
    const factor = maxNorm / norm;
    for (const { data } of Object.values(grads)) for (let i = 0; i < data.length; i++) data[i] *= factor;
  }
  return norm;
}

/**
 * Clipping by value, in place (the `np.clip` of the chapter's 10.1): every entry is cut to [−limit, limit] on its
 * own, which can turn the direction.
 *
 * @returns how many entries were cut
 * @throws RangeError unless limit > 0; if an entry is NaN
 */
export function clipByValue(grads: Params, limit: number): number {
  assertPositive("clipByValue: limit", limit);
  let cut = 0;
  for (const [name, { data }] of Object.entries(grads))
    for (let i = 0; i < data.length; i++) {
      if (Number.isNaN(data[i]))
        throw new RangeError(`clipByValue: grads.${name}: expected numbers, got NaN at ${i}`);
      if (Math.abs(data[i]) <= limit) continue;
      data[i] = Math.sign(data[i]) * limit;
      cut++;
    }
  return cut;
}

function assertPositive(what: string, value: number): void {
  if (!(value > 0)) throw new RangeError(`${what}: expected a number > 0, got ${value}`);
}
