/** A mean with the two ends of its 95 % interval. */
export interface Interval {
  mean: number;
  low: number;
  high: number;
}

/** 97.5 % quantiles of Student's t with 1, 2, … 30 degrees of freedom. */
const T_975 = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604,
  2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555,
  2.0518, 2.0484, 2.0452, 2.0423,
];

const meanOf = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total / values.length;
};

/**
 * Mean of independent measurements, for example one for each seed, with its 95 % interval by Student's t:
 * mean ± t(n − 1) · s / √n. Takes 2 to 31 values.
 */
export function meanInterval(values: ArrayLike<number>): Interval {
  const n = values.length;
  if (n < 2 || n > 31) throw new RangeError(`meanInterval: values: expected 2 to 31 of them, got ${n}`);
  const mean = meanOf(values);
  const variance = Array.from(values, (v) => (v - mean) ** 2).reduce((a, b) => a + b, 0) / (n - 1);
  const half = T_975[n - 2] * Math.sqrt(variance / n);
  return { mean, low: mean - half, high: mean + half };
}

/**
 * Mean of a series whose neighbours depend on each other, with its 95 % interval by the moving-block bootstrap:
 * each resample glues random blocks of `blockLength` neighbours together to the series' own length
 * (H. R. Künsch, The jackknife and the bootstrap for general stationary observations, 1989).
 *
 * `random` gives uniform numbers in [0, 1).
 */
export function blockBootstrapInterval(
  values: ArrayLike<number>,
  {
    blockLength,
    resamples = 2000,
    random,
  }: { blockLength: number; resamples?: number; random: () => number },
): Interval {
  const n = values.length;
  if (!(Number.isInteger(blockLength) && blockLength >= 1 && blockLength <= n))
    throw new RangeError(
      `blockBootstrapInterval: blockLength: expected a whole number from 1 to ${n} (the number of values), got ${blockLength}`,
    );
  const means = Float64Array.from({ length: resamples }, () =>
    resampledMean(values, blockLength, random),
  ).sort();
  const at = (q: number) => means[Math.min(resamples - 1, Math.floor(q * resamples))];
  return { mean: meanOf(values), low: at(0.025), high: at(0.975) };
}

function resampledMean(values: ArrayLike<number>, blockLength: number, random: () => number): number {
  const n = values.length;
  let total = 0;
  for (let filled = 0; filled < n; ) {
    const start = Math.floor(random() * (n - blockLength + 1));
    for (let j = 0; j < blockLength && filled < n; j++, filled++) total += values[start + j];
  }
  return total / n;
}
