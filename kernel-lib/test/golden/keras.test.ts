import { describe, expect, it } from "vitest";
import { Bidirectional } from "../../src/bptt/bidirectional";
import { bptt } from "../../src/bptt/bptt";
import { type Merge, merges } from "../../src/bptt/merge";
import { unroll } from "../../src/bptt/unroll";
import type { Cell, Params, State } from "../../src/cells/cell";
import { Stacked } from "../../src/cells/stacked";
import { sequenceSoftmaxCrossEntropy } from "../../src/losses/softmax-cross-entropy";
import {
  fromKerasDense,
  fromKerasGRU,
  fromKerasGRUResetAfter,
  fromKerasLSTM,
  fromKerasRNN,
} from "../../src/weights/keras";
import { expectClose, golden, matrices, type Named, type Rows, sequence } from "./load";

type Weights = [Rows, Rows, number[]];
type Recurrent = {
  weights: Weights;
  xs: Rows[];
  initial: Named<Rows>;
  outputProbe: Rows[];
  finalProbe: Named<Rows>;
  outputs: Rows[];
  final: Named<Rows>;
  dWeights: Weights;
  dXs: Rows[];
  dInitial: Named<Rows>;
};
const object = ([kernel, recurrentKernel, bias]: Weights) => ({ kernel, recurrentKernel, bias });
const resetAfter = ([kernel, recurrentKernel, bias]: Weights) =>
  fromKerasGRUResetAfter({ kernel, recurrentKernel, bias: bias as unknown as Rows });

function expectSame<S extends State, C>(cell: Cell<S, C>, g: Recurrent): void {
  const { hs, caches, state } = unroll(cell, sequence(g.xs), matrices<S>(g.initial));
  expectClose(hs, g.outputs);
  expectClose(state, g.final);
  const back = bptt(cell, caches, sequence(g.outputProbe), matrices<S>(g.finalProbe));
  expectClose(Object.values(back.grads), g.dWeights);
  expectClose(back.dxs, g.dXs);
  expectClose(back.dStates[0], g.dInitial);
}

describe("Keras' outputs, states and gradients", () => {
  const cells: [string, (w: Weights) => Cell<State, unknown>][] = [
    ["keras-rnn", (w) => fromKerasRNN(object(w))],
    ["keras-lstm", (w) => fromKerasLSTM(object(w))],
    ["keras-gru", (w) => fromKerasGRU(object(w))],
    ["keras-gru-reset-after", resetAfter],
  ];
  for (const [name, make] of cells)
    it(`are those of ${name}`, () => {
      const g = golden<Recurrent>(name);
      expectSame(make(g.weights), g);
    });

  for (const [mode, merge] of Object.entries(merges) as [string, Merge][])
    it(`are those of Bidirectional with merge ${mode}`, () => {
      type Both = [...Weights, ...Weights];
      const g = golden<
        Pick<Recurrent, "xs" | "outputProbe" | "outputs" | "dXs"> & { weights: Both; dWeights: Both }
      >(`keras-bidirectional-${mode}`);
      const [kernel, recurrentKernel, bias, backKernel, backRecurrentKernel, backBias] = g.weights;
      const layer = new Bidirectional(
        fromKerasLSTM({ kernel, recurrentKernel, bias }),
        fromKerasLSTM({ kernel: backKernel, recurrentKernel: backRecurrentKernel, bias: backBias }),
        merge,
      );
      const { hs, cache } = layer.forward(sequence(g.xs));
      expectClose(hs, g.outputs);
      const { grads, dxs } = layer.backward(sequence(g.outputProbe), cache);
      expectClose(grads, g.dWeights);
      expectClose(dxs, g.dXs);
    });

  it("are those of an LSTM below a GRU", () => {
    type Two = [Weights, Weights];
    const g = golden<
      Pick<Recurrent, "xs" | "outputProbe" | "outputs" | "dXs"> & { weights: Two; dWeights: Two }
    >("keras-stacked-lstm-gru");
    const cell = new Stacked([fromKerasLSTM(object(g.weights[0])), resetAfter(g.weights[1])]);
    const { hs, caches } = unroll(cell, sequence(g.xs));
    expectClose(hs, g.outputs);
    const { grads, dxs } = bptt(cell, caches, sequence(g.outputProbe));
    expectClose(grads, g.dWeights);
    expectClose(dxs, g.dXs);
  });

  it("are those of LSTM, Dense and softmax cross-entropy", () => {
    const g = golden<{
      lstm: Weights;
      dense: [Rows, number[]];
      xs: Rows[];
      targets: number[][];
      logits: Rows[];
      loss: number;
      dLogits: Rows[];
      dLstm: Weights;
      dDense: [Rows, number[]];
      dXs: Rows[];
    }>("keras-lstm-dense-cross-entropy");
    const cell = fromKerasLSTM(object(g.lstm));
    const head = fromKerasDense({ kernel: g.dense[0], bias: g.dense[1] });
    const { hs, caches } = unroll(cell, sequence(g.xs));
    const { ys, cache } = head.forwardSequence(hs);
    expectClose(ys, g.logits);
    const { loss, dLogits } = sequenceSoftmaxCrossEntropy(ys, g.targets);
    expect(loss).toBeCloseTo(g.loss, 12);
    expectClose(dLogits, g.dLogits);
    const { dxs: dhs, grads: headGrads } = head.backwardSequence(dLogits, cache);
    const { grads, dxs } = bptt(cell, caches, dhs);
    expectClose(headGrads as Params, g.dDense);
    expectClose(grads, g.dLstm);
    expectClose(dxs, g.dXs);
  });
});
