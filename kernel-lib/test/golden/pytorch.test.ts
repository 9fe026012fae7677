import { describe, expect, it } from "vitest";
import { Bidirectional } from "../../src/bptt/bidirectional";
import { bptt } from "../../src/bptt/bptt";
import { unroll } from "../../src/bptt/unroll";
import type { Cell, State } from "../../src/cells/cell";
import { Dense } from "../../src/cells/dense";
import { GRUCellResetAfter, type GRUResetAfterParams } from "../../src/cells/gru-reset-after";
import { LSTMCell, type LSTMParams, type LSTMState } from "../../src/cells/lstm";
import { PeepholeLSTMCell, type PeepholeLSTMParams } from "../../src/cells/peephole";
import { RNNCell, type RNNParams } from "../../src/cells/rnn";
import { Stacked } from "../../src/cells/stacked";
import { binaryCrossEntropy } from "../../src/losses/binary-cross-entropy";
import { meanSquaredError } from "../../src/losses/mean-squared-error";
import { sequenceSoftmaxCrossEntropy } from "../../src/losses/softmax-cross-entropy";
import { activations } from "../../src/math/activations";
import { Matrix } from "../../src/math/matrix";
import { Adagrad } from "../../src/optim/adagrad";
import { Adam } from "../../src/optim/adam";
import { Momentum } from "../../src/optim/momentum";
import type { Optimizer } from "../../src/optim/optimizer";
import { SGD } from "../../src/optim/sgd";
import {
  fromPyTorchGRU,
  fromPyTorchLinear,
  fromPyTorchLSTM,
  fromPyTorchRNN,
  type PyTorchStateDict,
  toPyTorch,
  toPyTorchGRU,
  toPyTorchLinear,
} from "../../src/weights/pytorch";
import { expectClose, golden, matrices, type Named, type Rows, sequence } from "./load";

/** States and their probes are [layers × directions, batch, units], as in PyTorch. */
type Recurrent = {
  weights: PyTorchStateDict;
  xs: Rows[];
  initial: Named<Rows[]>;
  outputProbe: Rows[];
  finalProbe: Named<Rows[]>;
  outputs: Rows[];
  final: Named<Rows[]>;
  dWeights: PyTorchStateDict;
  dXs: Rows[];
  dInitial: Named<Rows[]>;
};
const layer = (state: Named<Rows[]>, k: number): Named<Rows> =>
  Object.fromEntries(Object.entries(state).map(([name, layers]) => [name, layers[k]]));

/** Gradients have their weights' shapes, so the same functions repack them. */
const rnnGrads = (grads: unknown, suffix?: string) =>
  bothBiases(toPyTorch(new RNNCell(grads as RNNParams), suffix));
const lstmGrads = (grads: unknown, suffix?: string) =>
  bothBiases(toPyTorch(new LSTMCell(grads as LSTMParams), suffix));
const gruGrads = (grads: unknown, suffix?: string) =>
  toPyTorchGRU(new GRUCellResetAfter(grads as GRUResetAfterParams), suffix);

/** Both of PyTorch's biases have the gradient of their sum. */
function bothBiases(dict: PyTorchStateDict): PyTorchStateDict {
  const ih = Object.keys(dict).find((name) => name.startsWith("bias_ih")) as string;
  return { ...dict, [ih.replace("ih", "hh")]: dict[ih] };
}
function expectDict(actual: PyTorchStateDict, expected: PyTorchStateDict): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const name in expected) expectClose(actual[name], expected[name]);
}

describe("PyTorch's outputs, states and gradients", () => {
  const cells: [
    string,
    (w: PyTorchStateDict) => Cell<State, unknown>,
    (grads: unknown) => PyTorchStateDict,
  ][] = [
    ["pytorch-rnn", (w) => fromPyTorchRNN(w), rnnGrads],
    ["pytorch-rnn-relu", (w) => fromPyTorchRNN(w, "l0", activations.relu), rnnGrads],
    ["pytorch-lstm", (w) => fromPyTorchLSTM(w), lstmGrads],
    ["pytorch-gru", (w) => fromPyTorchGRU(w), gruGrads],
  ];
  for (const [name, make, repack] of cells)
    it(`are those of ${name}`, () => {
      const g = golden<Recurrent>(name);
      const cell = make(g.weights);
      const { hs, caches, state } = unroll(cell, sequence(g.xs), matrices<State>(layer(g.initial, 0)));
      expectClose(hs, g.outputs);
      expectClose(state, layer(g.final, 0));
      const back = bptt(cell, caches, sequence(g.outputProbe), matrices<State>(layer(g.finalProbe, 0)));
      expectDict(repack(back.grads), g.dWeights);
      expectClose(back.dxs, g.dXs);
      expectClose(back.dStates[0], layer(g.dInitial, 0));
    });

  it("are those of a two-layer LSTM", () => {
    const g = golden<Recurrent>("pytorch-stacked-lstm");
    const cell = new Stacked([fromPyTorchLSTM(g.weights, "l0"), fromPyTorchLSTM(g.weights, "l1")]);
    const stackedState = (state: Named<Rows[]>): State => ({
      ...matrices<LSTMState>(layer(state, 1)),
      "layer0.h": Matrix.from(state.h[0]),
      "layer0.c": Matrix.from(state.c[0]),
    });
    const { hs, caches, state } = unroll(cell, sequence(g.xs), stackedState(g.initial));
    expectClose(hs, g.outputs);
    for (const [name, m] of Object.entries(stackedState(g.final))) expectClose(state[name], m);
    const back = bptt(cell, caches, sequence(g.outputProbe), stackedState(g.finalProbe));
    const part = (k: number) => ({
      kernel: back.grads[`layer${k}.kernel`],
      recurrentKernel: back.grads[`layer${k}.recurrentKernel`],
      bias: back.grads[`layer${k}.bias`],
    });
    expectDict({ ...lstmGrads(part(0), "l0"), ...lstmGrads(part(1), "l1") }, g.dWeights);
    expectClose(back.dxs, g.dXs);
    for (const [name, m] of Object.entries(stackedState(g.dInitial))) expectClose(back.dStates[0][name], m);
  });

  it("are those of a bidirectional GRU", () => {
    const g = golden<Recurrent>("pytorch-bidirectional-gru");
    const both = new Bidirectional(fromPyTorchGRU(g.weights, "l0"), fromPyTorchGRU(g.weights, "l0_reverse"));
    const states = (s: Named<Rows[]>) => ({
      ahead: { h: Matrix.from(s.h[0]) },
      back: { h: Matrix.from(s.h[1]) },
    });
    const { hs, states: final, cache } = both.forward(sequence(g.xs), states(g.initial));
    expectClose(hs, g.outputs);
    expectClose([final.ahead, final.back], g.final.h);
    const back = both.backward(sequence(g.outputProbe), cache, states(g.finalProbe));
    const part = (way: "ahead" | "back") => ({
      kernel: back.grads[`${way}.kernel`],
      recurrentKernel: back.grads[`${way}.recurrentKernel`],
      bias: back.grads[`${way}.bias`],
      recurrentBias: back.grads[`${way}.recurrentBias`],
    });
    expectDict({ ...gruGrads(part("ahead"), "l0"), ...gruGrads(part("back"), "l0_reverse") }, g.dWeights);
    expectClose(back.dxs, g.dXs);
    expectClose([back.dStates.ahead, back.dStates.back], g.dInitial.h);
  });

  it("are those of a peephole LSTM under autograd", () => {
    const g = golden<
      Record<"weights" | "initial" | "finalProbe" | "final" | "dWeights" | "dInitial", Named<Rows>> &
        Record<"xs" | "outputProbe" | "outputs" | "dXs", Rows[]>
    >("pytorch-peephole-lstm");
    const cell = new PeepholeLSTMCell(matrices<PeepholeLSTMParams>(g.weights));
    const { hs, caches, state } = unroll(cell, sequence(g.xs), matrices<LSTMState>(g.initial));
    expectClose(hs, g.outputs);
    expectClose(state, g.final);
    const back = bptt(cell, caches, sequence(g.outputProbe), matrices<LSTMState>(g.finalProbe));
    for (const name in g.dWeights) expectClose(back.grads[name], g.dWeights[name]);
    expectClose(back.dxs, g.dXs);
    expectClose(back.dStates[0], g.dInitial);
  });

  it("are those of GRU, Linear and masked cross-entropy", () => {
    const g = golden<{
      gru: PyTorchStateDict;
      linear: { weight: Rows; bias: number[] };
      xs: Rows[];
      targets: number[][];
      mask: number[][];
      loss: number;
      dGru: PyTorchStateDict;
      dLinear: { weight: Rows; bias: number[] };
      dXs: Rows[];
    }>("pytorch-gru-linear-masked-cross-entropy");
    const cell = fromPyTorchGRU(g.gru);
    const head = fromPyTorchLinear(g.linear);
    const { hs, caches } = unroll(cell, sequence(g.xs));
    const { ys, cache } = head.forwardSequence(hs);
    const { loss, dLogits } = sequenceSoftmaxCrossEntropy(ys, g.targets, g.mask);
    expect(loss).toBeCloseTo(g.loss, 12);
    const { dxs: dhs, grads: headGrads } = head.backwardSequence(dLogits, cache);
    const { grads, dxs } = bptt(cell, caches, dhs);
    expectDict(gruGrads(grads), g.dGru);
    expectDict(toPyTorchLinear(new Dense(headGrads)), g.dLinear);
    expectClose(dxs, g.dXs);
  });

  it("are those of the mean squared error and the binary cross-entropy", () => {
    type Loss<K extends string> = Record<K | "d", Rows> & { loss: number };
    const g = golden<{
      meanSquaredError: Loss<"prediction" | "target">;
      binaryCrossEntropy: Loss<"logits" | "targets">;
    }>("pytorch-losses");
    const { prediction, target, loss, d } = g.meanSquaredError;
    const squared = meanSquaredError(Matrix.from(prediction), Matrix.from(target));
    expectClose([squared.loss, squared.dPrediction], [loss, d]);
    const b = g.binaryCrossEntropy;
    const binary = binaryCrossEntropy(Matrix.from(b.logits), Matrix.from(b.targets));
    expectClose([binary.loss, binary.dLogits], [b.loss, b.d]);
  });
});

describe("PyTorch's parameters after each of five updates", () => {
  type Step = Record<"kernel" | "bias", Rows>;
  const g = golden<{ start: Step; grads: Step[] } & Record<string, Step[]>>("pytorch-optimizers");
  const optimizers: Record<string, () => Optimizer> = {
    sgd: () => new SGD({ learningRate: 0.1 }),
    momentum: () => new Momentum({ learningRate: 0.1, momentum: 0.9 }),
    adagrad: () => new Adagrad({ learningRate: 0.1 }),
    adam: () => new Adam({ learningRate: 0.1 }),
  };
  for (const [name, make] of Object.entries(optimizers)) {
    it(`are those of ${name}`, () => {
      const params = matrices<Record<string, Matrix>>(g.start);
      const optimizer = make();
      g.grads.forEach((grads, step) => {
        optimizer.update(params, matrices(grads));
        expectClose(params, g[name][step]);
      });
    });
    it(`are those of ${name} saved as JSON and loaded half-way`, () => {
      const params = matrices<Record<string, Matrix>>(g.start);
      let optimizer = make();
      g.grads.forEach((grads, step) => {
        const saved = JSON.parse(JSON.stringify(optimizer.save()));
        optimizer = make();
        optimizer.load(saved);
        optimizer.update(params, matrices(grads));
        expectClose(params, g[name][step]);
      });
    });
  }
});
