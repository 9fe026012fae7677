import { dTanh, softmax, softmaxBackward, tanh } from "../math/activations";
import { Matrix } from "../math/matrix";
import type { Rng } from "../math/random";
import { assertMultiple, assertShape } from "../math/shape";
import { glorotUniform } from "./init";

export type AdditiveAttentionParams = { queryKernel: Matrix; keyKernel: Matrix; scoreKernel: Matrix };
/**
 * What is looked at, step below step: values [timesteps·batch, memoryUnits], row t·batch + b is step t of example b,
 * and their keys [timesteps·batch, units].
 */
export type Memory = { values: Matrix; keys: Matrix };
export type AdditiveAttentionCache = Memory & { query: Matrix; hidden: Matrix; weights: Matrix };

/**
 * Additive attention (Bahdanau, Cho & Bengio 2015, arXiv:1409.0473, A.1.2): how well the query fits each step of the
 * memory, and the mean of the steps' values with these weights.
 *   e_t = tanh(query·queryKernel + value_t·keyKernel)·scoreKernel
 *   weights = softmax(e)        context = Σ_t weights_t · value_t
 *
 * query [batch, queryUnits]; weights [batch, timesteps]; context [batch, memoryUnits]; queryKernel [queryUnits, units];
 * keyKernel [memoryUnits, units]; scoreKernel [units, 1]. The keys value·keyKernel do not depend on the query: they are
 * computed once a sequence.
 */
export class AdditiveAttention {
  readonly params: AdditiveAttentionParams;

  /** @throws RangeError if the parameters' shapes do not fit together */
  constructor(params: AdditiveAttentionParams) {
    const units = params.queryKernel.cols;
    assertShape("AdditiveAttention: keyKernel", params.keyKernel, {
      memoryUnits: params.keyKernel.rows,
      units,
    });
    assertShape("AdditiveAttention: scoreKernel", params.scoreKernel, { units, cols: 1 });
    this.params = params;
  }
  static init(config: {
    readonly queryUnits: number;
    readonly memoryUnits: number;
    readonly units: number;
    readonly random: Rng;
  }): AdditiveAttention {
    const { queryUnits, memoryUnits, units, random } = config;
    return new AdditiveAttention({
      queryKernel: glorotUniform(random, queryUnits, units),
      keyKernel: glorotUniform(random, memoryUnits, units),
      scoreKernel: glorotUniform(random, units, 1),
    });
  }

  /** The memory of a sequence `hs`, one matrix [batch, memoryUnits] a step. */
  remember(hs: readonly Matrix[]): Memory {
    const values = Matrix.concatRows(hs);
    return { values, keys: values.matmul(this.params.keyKernel) };
  }
  /** The gradients of `remember`: of the sequence, and of keyKernel. */
  rememberBackward(d: Memory, { values }: Memory, timesteps: number): { dhs: Matrix[]; keyKernel: Matrix } {
    const dValues = d.values.add(d.keys.matmulTranspose(this.params.keyKernel));
    return { dhs: dValues.splitRows(timesteps), keyKernel: values.transposeMatmul(d.keys) };
  }

  forward(
    query: Matrix,
    { values, keys }: Memory,
  ): { context: Matrix; weights: Matrix; cache: AdditiveAttentionCache } {
    const { queryKernel, scoreKernel } = this.params;
    assertShape("AdditiveAttention.forward: query", query, {
      batch: query.rows,
      queryUnits: queryKernel.rows,
    });
    assertMultiple("AdditiveAttention.forward: memory.values.rows", values.rows, query.rows);
    const timesteps = values.rows / query.rows;
    const hidden = tanh(keys.add(repeatRows(query.matmul(queryKernel), timesteps)));
    const weights = softmax(byExample(hidden.matmul(scoreKernel), timesteps));
    const context = sumSteps(scaleRows(values, byStep(weights)), timesteps);
    return { context, weights, cache: { query, values, keys, hidden, weights } };
  }

  backward(
    dContext: Matrix,
    { query, values, hidden, weights }: AdditiveAttentionCache,
  ): { dQuery: Matrix; dMemory: Memory; grads: { queryKernel: Matrix; scoreKernel: Matrix } } {
    const { queryKernel, scoreKernel } = this.params;
    const timesteps = weights.cols;
    const dContexts = repeatRows(dContext, timesteps);
    const dWeights = byExample(rowDots(dContexts, values), timesteps);
    const dScores = byStep(softmaxBackward(dWeights, weights));
    const dz = dScores.matmulTranspose(scoreKernel).mul(dTanh(hidden));
    const dProjected = sumSteps(dz, timesteps);
    return {
      dQuery: dProjected.matmulTranspose(queryKernel),
      dMemory: { values: scaleRows(dContexts, byStep(weights)), keys: dz },
      grads: {
        queryKernel: query.transposeMatmul(dProjected),
        scoreKernel: hidden.transposeMatmul(dScores),
      },
    };
  }
}

/** [batch, cols] → [timesteps·batch, cols]: the same rows at every step. */
const repeatRows = (m: Matrix, timesteps: number): Matrix =>
  Matrix.concatRows(Array.from({ length: timesteps }, () => m));
/** [timesteps·batch, cols] → [batch, cols], summed over the steps. */
const sumSteps = (m: Matrix, timesteps: number): Matrix =>
  m.splitRows(timesteps).reduce((total, step) => total.add(step));
/** One number a row, [timesteps·batch, 1] → [batch, timesteps]. */
const byExample = ({ rows, data }: Matrix, timesteps: number): Matrix =>
  new Matrix(timesteps, rows / timesteps, data).T;
/** [batch, timesteps] → [timesteps·batch, 1]. */
const byStep = (m: Matrix): Matrix => new Matrix(m.rows * m.cols, 1, m.T.data);
/** Each row times its own number. */
const scaleRows = (m: Matrix, { data }: Matrix): Matrix => m.map((v, i) => v * data[Math.floor(i / m.cols)]);
/** The inner product of each row of a with the same row of b, [rows, 1]. */
function rowDots(a: Matrix, b: Matrix): Matrix {
  const out = Matrix.zeros(a.rows, 1);
  for (let i = 0; i < a.data.length; i++) out.data[Math.floor(i / a.cols)] += a.data[i] * b.data[i];
  return out;
}
