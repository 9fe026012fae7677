import { argmax } from "../decode/step";
import { softmax } from "../math/activations";
import type { Matrix } from "../math/matrix";
import type { Seq2Seq } from "../models/seq2seq";
import { oneHot } from "../text/one-hot";
import { ComputationGraph, type GraphNode } from "./computation-graph";
import { cellNode, input, subscript } from "./nodes";

export interface EncoderDecoderGraphOptions {
  /** Words of the source's tokens, and of the target's with start and stop, by number. */
  sourceWords: readonly string[];
  targetWords: readonly string[];
  /** Steps of the encoder and of the decoder. */
  sourceLength: number;
  targetLength: number;
  /** What stands in the cells' boxes. */
  name: string;
}

/**
 * An encoder and a decoder along one sentence, decoding greedily: each output is the next step's input. Of the source the
 * decoder gets `context` alone. Give it `x1`, … and `w1`, the start token, as one-hot rows; it computes `p1`, …
 * The model's decoder is one with `fixedContext`.
 */
export function encoderDecoderGraph<E, D>(
  model: Seq2Seq<{ h: Matrix }, E, D>,
  { sourceWords, targetWords, sourceLength, targetLength, name }: EncoderDecoderGraphOptions,
): ComputationGraph {
  const decoder = model.decoder.over([]).cell;
  const context = { id: "context", symbol: "context" };
  const word = (words: readonly string[]) => (value: Matrix) => words[argmax(value.row(0).data)];
  const at = (letter: string, t: number) => ({ id: `${letter}${t}`, symbol: `${letter}${subscript(t)}` });

  const encoded = Array.from({ length: sourceLength }, (_, k): GraphNode[] => {
    const column = k;
    const x = at("x", k + 1);
    const before = k > 0 ? at("h", k) : undefined;
    return [
      {
        ...input(x.id, x.symbol, `word ${k + 1} of the source`, { lane: 0, column }),
        says: word(sourceWords),
      },
      cellNode(model.encoder, { ...at("h", k + 1), name, meaning: "encoder", reads: x, before, column }),
    ];
  });
  const decoded = Array.from({ length: targetLength }, (_, k): GraphNode[] => {
    const column = sourceLength + 1 + k;
    const [w, s, p, written] = [at("w", k + 1), at("s", k + 1), at("p", k + 1), at("p", k)];
    const reads: GraphNode =
      k === 0
        ? input(w.id, w.symbol, "the start token", { lane: 0, column })
        : {
            id: w.id,
            label: w.symbol,
            meaning: "the word before",
            equation: `${w.symbol} = the most probable word of ${written.symbol}, one-hot`,
            kind: "input",
            inputs: [written.id],
            compute: (value) => oneHot([argmax(value.row(0).data)], targetWords.length),
            lane: 0,
            column,
          };
    const before = k > 0 ? at("s", k) : context;
    return [
      { ...reads, says: word(targetWords) },
      cellNode(decoder, { ...s, name, meaning: "decoder", reads: w, before, column }),
      {
        id: p.id,
        label: p.symbol,
        meaning: "the next word",
        equation: `${p.symbol} = softmax(W_y·${s.symbol} + b_y)`,
        kind: "weighted",
        inputs: [s.id],
        compute: (h) => softmax(model.head.forward(h).y),
        lane: 2,
        column,
        says: word(targetWords),
      },
    ];
  });
  return new ComputationGraph("Encoder and decoder", [
    ...encoded.flat(),
    {
      id: context.id,
      label: "context",
      meaning: "all that passes",
      equation: `context = h${subscript(sourceLength)}`,
      kind: "join",
      inputs: [`h${sourceLength}`],
      compute: (h) => h,
      lane: 1,
      column: sourceLength,
    },
    ...decoded.flat(),
  ]);
}
