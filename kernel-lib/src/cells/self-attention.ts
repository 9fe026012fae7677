import { softmax, softmaxBackward } from "../math/activations";
import type { Matrix } from "../math/matrix";
import type { Rng } from "../math/random";
import { assertShape } from "../math/shape";
import { glorotUniform } from "./init";

export type SelfAttentionParams = { queryKernel: Matrix; keyKernel: Matrix; valueKernel: Matrix };
export type SelfAttentionCache = {
  x: Matrix;
  queries: Matrix;
  keys: Matrix;
  values: Matrix;
  weights: Matrix;
};

/**
 * One head of self-attention (Vaswani et al. 2017, arXiv:1706.03762, eq. 1): every position of a sequence looks at all
 * positions at once. There is no recurrence, and no order but what x itself says.
 *   Q = x·queryKernel   K = x·keyKernel   V = x·valueKernel      weights = softmax(Q·Kᵀ / √units)      y = weights·V
 *
 * One sequence a call: x [timesteps, inputSize]; weights [timesteps, timesteps]; y [timesteps, units];
 * the kernels [inputSize, units].
 */
export class SelfAttention {
  readonly params: SelfAttentionParams;

  /** @throws RangeError if the parameters' shapes do not fit together */
  constructor(params: SelfAttentionParams) {
    const { queryKernel, keyKernel, valueKernel } = params;
    const { rows: inputSize, cols: units } = queryKernel;
    assertShape("SelfAttention: keyKernel", keyKernel, { inputSize, units });
    assertShape("SelfAttention: valueKernel", valueKernel, { inputSize, units: valueKernel.cols });
    this.params = params;
  }
  static init(config: {
    readonly inputSize: number;
    readonly units: number;
    readonly random: Rng;
  }): SelfAttention {
    const { inputSize, units, random } = config;
    const kernel = () => glorotUniform(random, inputSize, units);
    return new SelfAttention({ queryKernel: kernel(), keyKernel: kernel(), valueKernel: kernel() });
  }

  forward(x: Matrix): { y: Matrix; weights: Matrix; cache: SelfAttentionCache } {
    const { queryKernel, keyKernel, valueKernel } = this.params;
    assertShape("SelfAttention.forward: x", x, { timesteps: x.rows, inputSize: queryKernel.rows });
    const queries = x.matmul(queryKernel);
    const keys = x.matmul(keyKernel);
    const values = x.matmul(valueKernel);
    const weights = softmax(queries.matmulTranspose(keys).scale(1 / Math.sqrt(keys.cols)));
    return { y: weights.matmul(values), weights, cache: { x, queries, keys, values, weights } };
  }

  backward(
    dy: Matrix,
    { x, queries, keys, values, weights }: SelfAttentionCache,
  ): { dx: Matrix; grads: SelfAttentionParams } {
    const { queryKernel, keyKernel, valueKernel } = this.params;
    const dWeights = dy.matmulTranspose(values);
    const dScores = softmaxBackward(dWeights, weights).scale(1 / Math.sqrt(keys.cols));
    const dQueries = dScores.matmul(keys);
    const dKeys = dScores.transposeMatmul(queries);
    const dValues = weights.transposeMatmul(dy);
    return {
      dx: dQueries
        .matmulTranspose(queryKernel)
        .add(dKeys.matmulTranspose(keyKernel))
        .add(dValues.matmulTranspose(valueKernel)),
      grads: {
        queryKernel: x.transposeMatmul(dQueries),
        keyKernel: x.transposeMatmul(dKeys),
        valueKernel: x.transposeMatmul(dValues),
      },
    };
  }
}
