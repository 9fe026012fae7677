import { bptt } from "../bptt/bptt";
import { unroll } from "../bptt/unroll";
import type { Cell, Params, State } from "../cells/cell";
import { Dense } from "../cells/dense";
import { joinParams } from "../cells/params";
import { greedy } from "../decode/greedy";
import type { DecodeStep } from "../decode/step";
import { sequenceSoftmaxCrossEntropy } from "../losses/softmax-cross-entropy";
import { Matrix } from "../math/matrix";
import type { Rng } from "../math/random";
import { oneHot, oneHotSequence } from "../text/one-hot";
import { arrange, batchesByLength, type SequencePair } from "./seq2seq/batches";
import type { Decoder, DecoderParts } from "./seq2seq/decoder";
import { type Feeding, teacherForcing } from "./seq2seq/feeding";
import { type TrainingBatch, type TrainingStep, type TrainOptions, train } from "./train";

export interface Seq2SeqFitOptions extends TrainOptions {
  epochs: number;
  /** Pairs side by side; default 32. */
  batch?: number;
  /** Shuffles the pairs. */
  random: Rng;
  /** What the decoder reads; default `teacherForcing`. */
  feeding?: Feeding;
}

/**
 * An encoder and a decoder, the chapter's 4.8 (Sutskever, Vinyals & Le 2014, arXiv:1409.3215; Cho et al. 2014). The
 * encoder reads the source; the decoder starts in the state in which the encoder ended and writes the target, token by
 * token. Tokens are numbers; they enter as one-hot rows. `fixedContext` or `attentive` says what more the decoder sees.
 */
export class Seq2Seq<S extends State = State, E = unknown, D = unknown> {
  readonly encoder: Cell<S, E>;
  readonly decoder: Decoder<S, D>;
  readonly head: Dense;
  /** Tokens of the target: the one that the decoder reads first, and the one that ends its output. */
  readonly start: number;
  readonly stop: number;

  /** @throws RangeError if the parts do not fit together */
  constructor(parts: {
    encoder: Cell<S, E>;
    decoder: Decoder<S, D>;
    head: Dense;
    start: number;
    stop: number;
  }) {
    const { encoder, decoder, head, start, stop } = parts;
    const [from, to] = [encoder, decoder].map((part) =>
      Object.entries(part.zeroState(0)).map(([name, { cols }]) => `${name} ${cols}`),
    );
    if (String(from) !== String(to))
      throw new RangeError(`Seq2Seq: decoder: expected the encoder's state (${from}), got (${to})`);
    if (head.inputSize !== decoder.units)
      throw new RangeError(
        `Seq2Seq: head.inputSize: expected the decoder's ${decoder.units}, got ${head.inputSize}`,
      );
    if (head.units !== decoder.inputSize)
      throw new RangeError(
        `Seq2Seq: head.units: expected the ${decoder.inputSize} tokens that the decoder reads, got ${head.units}`,
      );
    for (const [name, token] of Object.entries({ start, stop }))
      if (!(Number.isInteger(token) && token >= 0 && token < head.units))
        throw new RangeError(`Seq2Seq: ${name}: expected a token from 0 to ${head.units - 1}, got ${token}`);
    this.encoder = encoder;
    this.decoder = decoder;
    this.head = head;
    this.start = start;
    this.stop = stop;
  }

  /**
   * A new model; `cell` makes the encoder's and the decoder's cell: `(inputSize) => LSTMCell.init({ inputSize, … })`.
   *
   * @param config sourceSize, targetSize: how many tokens there are (the target's with start and stop); decoder:
   *   `fixedContext`, or `attentive({ units })`
   */
  static init<S extends State, C, D>(config: {
    sourceSize: number;
    targetSize: number;
    start: number;
    stop: number;
    cell: (inputSize: number) => Cell<S, C>;
    decoder: (parts: DecoderParts<S, C>) => Decoder<S, D>;
    random: Rng;
  }): Seq2Seq<S, C, D> {
    const { sourceSize, targetSize, start, stop, cell, random } = config;
    const encoder = cell(sourceSize);
    const decoder = config.decoder({ inputSize: targetSize, memoryUnits: encoder.units, cell, random });
    const head = Dense.init({ inputSize: decoder.units, units: targetSize, random });
    return new Seq2Seq({ encoder, decoder, head, start, stop });
  }

  /** All parameters, shared and not copied: `encoder.kernel`, …, `decoder.…`, `head.bias`. */
  get params(): Params {
    return joinParams({ encoder: this.encoder.params, decoder: this.decoder.params, head: this.head.params });
  }

  /**
   * Reads a batch and writes it, each next token from the tokens before it.
   *
   * @returns `logits[t]` [batch, targetSize], and the caches of the encoder's and the decoder's steps
   * @throws RangeError if there is no pair, the sources differ in length, or a token is no token
   */
  forward(pairs: readonly SequencePair[], feeding: Feeding = teacherForcing) {
    const { sources, targets, masks } = arrange("Seq2Seq.forward", pairs, this.stop);
    const encoded = unroll(this.encoder, oneHotSequence(sources, this.encoder.inputSize));
    const reading = this.decoder.over(encoded.hs);
    const logits: Matrix[] = [];
    const hs: Matrix[] = [];
    const caches: D[] = [];
    let { state } = encoded;
    let tokens = pairs.map(() => this.start);
    for (const truth of targets) {
      const step = reading.cell.forward(oneHot(tokens, this.decoder.inputSize), state);
      state = step.state;
      caches.push(step.cache);
      hs.push(state.h);
      logits.push(this.head.forward(state.h).y);
      tokens = feeding(truth, logits[logits.length - 1]);
    }
    return { logits, targets, masks, hs, caches, encoded, reading };
  }

  /** The mean loss per token of a batch, in nats, and its gradients by backpropagation through decoder and encoder. */
  gradients(pairs: readonly SequencePair[], feeding?: Feeding): { loss: number; grads: Params } {
    const { logits, targets, masks, hs, caches, encoded, reading } = this.forward(pairs, feeding);
    if (!logits.every(({ data }) => data.every(Number.isFinite))) return { loss: Number.NaN, grads: {} };
    const { loss, dLogits } = sequenceSoftmaxCrossEntropy(logits, targets, masks);
    const head = this.head.backwardSequence(dLogits, { x: Matrix.concatRows(hs) });
    const decoded = bptt(reading.cell, caches, head.dxs);
    const { grads: decoder, dMemory } = reading.part(decoded.grads);
    const { grads: encoder } = bptt(this.encoder, encoded.caches, dMemory, decoded.dStates[0]);
    return { loss, grads: joinParams({ encoder, decoder, head: head.grads }) };
  }

  /**
   * Trains on pairs of any lengths; a batch holds sources of one length.
   *
   * @returns every step
   * @throws DivergenceError if a loss or gradient is not finite; the last weights that worked are restored
   */
  async fit(pairs: readonly SequencePair[], options: Seq2SeqFitOptions): Promise<TrainingStep[]> {
    return train("Seq2Seq.fit", this.params, this.batches(pairs, options), options);
  }

  /** The mean loss per token over all pairs, in nats, with the true tokens read. */
  evaluate(pairs: readonly SequencePair[]): number {
    let total = 0;
    let counted = 0;
    for (const pair of pairs) {
      const { logits, targets, masks } = this.forward([pair]);
      const { loss, count } = sequenceSoftmaxCrossEntropy(logits, targets, masks);
      total += loss * count;
      counted += count;
    }
    return total / counted;
  }

  /** For `greedy`, `sample` and `beamSearch`: `greedy(reading.step, { ...reading, length: 20 })`. */
  read(source: readonly number[]): { start: number; stop: number; state: S; step: DecodeStep<S> } {
    const { sources } = arrange("Seq2Seq.read", [{ source, target: [] }], this.stop);
    const encoded = unroll(this.encoder, oneHotSequence(sources, this.encoder.inputSize));
    const { cell } = this.decoder.over(encoded.hs);
    const step: DecodeStep<S> = (token, state) => {
      const next = cell.forward(oneHot([token], this.decoder.inputSize), state).state;
      return { logits: this.head.forward(next.h).y.data, state: next };
    };
    return { start: this.start, stop: this.stop, state: encoded.state, step };
  }

  /** The target by greedy decoding, without the stop token; at most `length` tokens. */
  predict(source: readonly number[], length: number): number[] {
    const reading = this.read(source);
    const tokens = greedy(reading.step, { ...reading, length });
    return tokens[tokens.length - 1] === this.stop ? tokens.slice(0, -1) : tokens;
  }

  private *batches(
    pairs: readonly SequencePair[],
    { epochs, batch = 32, random, feeding }: Seq2SeqFitOptions,
  ): Generator<TrainingBatch, void, undefined> {
    for (let epoch = 1; epoch <= epochs; epoch++)
      for (const some of batchesByLength(pairs, batch, random))
        yield { epoch, gradients: () => this.gradients(some, feeding) };
  }
}
