import { bptt } from "../bptt/bptt";
import { unroll } from "../bptt/unroll";
import type { Cell, Params, State } from "../cells/cell";
import { Dense } from "../cells/dense";
import { joinParams } from "../cells/params";
import { crossEntropy } from "../evaluate/cross-entropy";
import { sequenceSoftmaxCrossEntropy } from "../losses/softmax-cross-entropy";
import { Matrix } from "../math/matrix";
import type { Rng } from "../math/random";
import { textChunks } from "../text/batches";
import { oneHot, oneHotSequence } from "../text/one-hot";
import type { Vocabulary } from "../text/vocabulary";
import { type TrainingBatch, type TrainingStep, type TrainOptions, train } from "./train";

export interface FitOptions extends TrainOptions {
  epochs: number;
  /** Streams of the text that are read side by side; default 1. */
  batch?: number;
  /** Steps that a gradient goes back; the state goes on over them. Default 25. */
  timesteps?: number;
}

/**
 * A recurrent language model over characters: one-hot character → recurrent cell → dense head → softmax over the
 * next character (the chapter's 10; after Karpathy's min-char-rnn). Any cell serves.
 */
export class CharacterLanguageModel<S extends State = State, C = unknown> {
  readonly vocabulary: Vocabulary;
  readonly cell: Cell<S, C>;
  readonly head: Dense;

  /** @throws RangeError if the parts do not fit together */
  constructor({ vocabulary, cell, head }: { vocabulary: Vocabulary; cell: Cell<S, C>; head: Dense }) {
    const fits = { "cell.inputSize": cell.inputSize, "head.units": head.units };
    for (const [name, size] of Object.entries(fits))
      if (size !== vocabulary.size)
        throw new RangeError(
          `CharacterLanguageModel: ${name}: expected the vocabulary's ${vocabulary.size}, got ${size}`,
        );
    this.vocabulary = vocabulary;
    this.cell = cell;
    this.head = head;
  }

  /** A new model; `cell` makes the cell for the vocabulary's size: `(inputSize) => LSTMCell.init({ inputSize, … })`. */
  static init<S extends State, C>(config: {
    vocabulary: Vocabulary;
    cell: (inputSize: number) => Cell<S, C>;
    random: Rng;
  }): CharacterLanguageModel<S, C> {
    const { vocabulary, random } = config;
    const cell = config.cell(vocabulary.size);
    const head = Dense.init({ inputSize: cell.units, units: vocabulary.size, random });
    return new CharacterLanguageModel({ vocabulary, cell, head });
  }

  /** All parameters, shared and not copied: `cell.kernel`, …, `head.bias`. */
  get params(): Params {
    return joinParams({ cell: this.cell.params, head: this.head.params });
  }

  /** Mean loss over a chunk, its gradients by backpropagation through the chunk, and the state after it. */
  gradients(
    inputs: readonly ArrayLike<number>[],
    targets: readonly ArrayLike<number>[],
    state?: S,
  ): { loss: number; grads: Params; state: S } {
    const { cell, head, vocabulary } = this;
    const unrolled = unroll(cell, oneHotSequence(inputs, vocabulary.size), state);
    const { ys, cache } = head.forwardSequence(unrolled.hs);
    if (!ys.every(allFinite)) return { loss: Number.NaN, grads: {}, state: unrolled.state };
    const { loss, dLogits } = sequenceSoftmaxCrossEntropy(ys, targets);
    const { dxs: dhs, grads: headGrads } = head.backwardSequence(dLogits, cache);
    const { grads: cellGrads } = bptt(cell, unrolled.caches, dhs);
    return { loss, grads: joinParams({ cell: cellGrads, head: headGrads }), state: unrolled.state };
  }

  /**
   * Trains by stateful truncated backpropagation: chunk after chunk through the text, the state carried over, the
   * gradient not. Each epoch starts from a zero state.
   *
   * @returns every step
   * @throws DivergenceError if a loss or gradient is not finite; the last weights that worked are restored
   */
  async fit(text: string | readonly string[], options: FitOptions): Promise<TrainingStep[]> {
    const ids = this.vocabulary.encode(text);
    return train("CharacterLanguageModel.fit", this.params, this.chunks(ids, options), options);
  }

  /**
   * −ln p of every character after the first, in nats, each predicted from all before it, and their mean.
   *
   * @throws RangeError for a character that the vocabulary does not have
   */
  evaluate(text: string | readonly string[]): { crossEntropy: number; surprisals: Float64Array } {
    const ids = this.vocabulary.encode(text);
    const surprisals = new Float64Array(Math.max(0, ids.length - 1));
    let state = this.cell.zeroState(1);
    for (let t = 0; t + 1 < ids.length; t++) {
      const next = this.forward(ids[t], state);
      state = next.state;
      surprisals[t] = sequenceSoftmaxCrossEntropy([next.logits], [[ids[t + 1]]]).loss;
    }
    return { crossEntropy: crossEntropy(surprisals), surprisals };
  }

  /** One step for `greedy`, `sample` and `beamSearch`. */
  readonly step = (token: number, state: S): { logits: Float64Array; state: S } => {
    const next = this.forward(token, state);
    return { logits: next.logits.data, state: next.state };
  };

  /** Reads a text's beginning, to go on from: `greedy(model.step, { ...model.prompt("The "), length: 100 })`. */
  prompt(text: string | readonly string[]): { start: number; state: S } {
    const ids = this.vocabulary.encode(text);
    if (ids.length === 0)
      throw new RangeError("CharacterLanguageModel.prompt: text: expected a character, got none");
    let state = this.cell.zeroState(1);
    for (const id of ids.slice(0, -1)) state = this.forward(id, state).state;
    return { start: ids[ids.length - 1], state };
  }

  /**
   * What the cell computed at every character: its gates and its state after it, by name (LSTM: i, f, g, o, c, h;
   * GRU: z, r, hTilde, h), a value for each unit. For `gateHeatmaps` and `gateChart`.
   */
  activations(text: string | readonly string[]): {
    characters: string[];
    steps: Record<string, Float64Array>[];
  } {
    const ids = this.vocabulary.encode(text);
    let state = this.cell.zeroState(1);
    const steps = ids.map((id) => {
      const next = this.cell.forward(oneHot([id], this.vocabulary.size), state);
      state = next.state;
      const { x, ...computed } = { ...(next.cache as Record<string, unknown>), ...state };
      const rows = Object.entries(computed).filter(([, m]) => m instanceof Matrix) as [string, Matrix][];
      return Object.fromEntries(rows.map(([name, { data }]) => [name, data]));
    });
    return { characters: ids.map((id) => this.vocabulary.tokens[id]), steps };
  }

  private *chunks(
    ids: readonly number[],
    { epochs, batch = 1, timesteps = 25 }: FitOptions,
  ): Generator<TrainingBatch, void, undefined> {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      let state: S | undefined;
      for (const { inputs, targets } of textChunks(ids, { batch, timesteps }))
        yield {
          epoch,
          gradients: () => {
            const chunk = this.gradients(inputs, targets, state);
            state = chunk.state;
            return chunk;
          },
        };
    }
  }

  private forward(id: number, state: S): { logits: Matrix; state: S } {
    const next = this.cell.forward(oneHot([id], this.vocabulary.size), state).state;
    return { logits: this.head.forward(next.h).y, state: next };
  }
}

const allFinite = ({ data }: Matrix): boolean => data.every(Number.isFinite);
