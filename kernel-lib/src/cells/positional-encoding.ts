import { Matrix } from "../math/matrix";

/**
 * Sinusoidal positions (Vaswani et al. 2017, 3.5), [timesteps, features]: what a layer without recurrence adds to its
 * input to know the order.
 *   PE[t, 2k] = sin(t / 10000^(2k/features))      PE[t, 2k+1] = cos(t / 10000^(2k/features))
 */
export function positionalEncoding(timesteps: number, features: number): Matrix {
  return Matrix.zeros(timesteps, features).map((_, index) => {
    const t = Math.floor(index / features);
    const j = index % features;
    const angle = t * Math.exp((-(j - (j % 2)) / features) * Math.log(10000));
    return j % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}
