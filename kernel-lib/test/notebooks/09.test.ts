import { describe, expect, it } from "vitest";
import {
  accumulate,
  bptt,
  Dense,
  globalNorm,
  gradientCheck,
  type Matrix,
  oneHotSequence,
  type Params,
  RNNCell,
  rng,
  softmaxCrossEntropy,
  unroll,
  xavierNormal,
  zerosLike,
} from "../../src";

// The chapter's second flowchart on "hell" → "ello", read in three ways (erratum 9.6).
const random = rng(4);
const cell = RNNCell.init({
  inputSize: 4,
  units: 3,
  random,
  kernelInitializer: xavierNormal(7),
  recurrentInitializer: xavierNormal(6),
});
const head = Dense.init({ inputSize: 3, units: 4, random, kernelInitializer: xavierNormal(7) });
const xs = oneHotSequence([[0], [1], [2], [2]], 4);
const targets = [1, 2, 2, 3];
const { hs, caches } = unroll(cell, xs);
const losses = (states: Matrix[]) =>
  states.map((h, t) => softmaxCrossEntropy(head.forward(h).y, [targets[t]]));
const own = losses(hs).map(({ dLogits }, t) => head.backward(dLogits, head.forward(hs[t]).cache).dx);
const { grads, dStates } = bptt(cell, caches, own);
const lossOf = () => losses(unroll(cell, xs).hs).reduce((sum, { loss }) => sum + loss, 0);
const errorOf = (found: Params) => gradientCheck(lossOf, { ...cell.params }, found).relativeError;

/** For each t carries `dhs[t]` back through all k ≤ t. */
function twoLoops(dhs: Matrix[]): { total: Params; steps: number } {
  const total = zerosLike(cell.params);
  let steps = 0;
  dhs.forEach((dh, t) => {
    let state = { h: dh };
    for (let k = t; k >= 0; k--, steps++) {
      const back = cell.backward(state, caches[k]);
      accumulate(total, back.grads);
      state = back.dState;
    }
  });
  return { total, steps };
}

describe("flowchart 2, box 4", () => {
  it("gives the gradient in one sweep of T steps", () => {
    expect(errorOf(grads)).toBeLessThan(1e-6);
  });
  it("gives it in two loops too, from each step's own gradient, in T(T + 1)/2 steps (erratum 9.6)", () => {
    const { total, steps } = twoLoops(own);
    expect(errorOf(total)).toBeLessThan(1e-6);
    expect(steps).toBe(10);
  });
  it("is wrong to the letter: the full ∂L/∂h_t carried through all k ≤ t counts later steps twice (erratum 9.6)", () => {
    const full = own.map((dh, t) => (t + 1 < own.length ? dh.add(dStates[t + 1].h) : dh));
    expect(errorOf(twoLoops(full).total)).toBeGreaterThan(0.01);
  });
  it("leaves out W_hy and the biases, whose gradients are not zero (erratum 9.5)", () => {
    const { dLogits } = losses(hs)[3];
    const { kernel, bias } = head.backward(dLogits, head.forward(hs[3]).cache).grads;
    for (const gradient of [kernel, bias]) expect(gradient.dot(gradient)).toBeGreaterThan(0.01);
    expect(grads.bias.dot(grads.bias)).toBeGreaterThan(0.01);
  });
});

describe("flowchart 2, boxes 3 and 5", () => {
  it("the gradient of ΣL_t grows with the length, that of the mean does not, so one threshold can't suit both", () => {
    const normAt = (length: number) => {
      const text = Array.from({ length: length + 1 }, (_, t) => [0, 1, 2, 2][t % 4]);
      const run = unroll(
        cell,
        oneHotSequence(
          text.slice(0, -1).map((letter) => [letter]),
          4,
        ),
      );
      const back = run.hs.map((h, t) => {
        const out = head.forward(h);
        return head.backward(softmaxCrossEntropy(out.y, [text[t + 1]]).dLogits, out.cache).dx;
      });
      return globalNorm(bptt(cell, run.caches, back).grads);
    };
    const [short, long] = [normAt(5), normAt(160)];
    expect(short).toBeGreaterThan(1);
    expect(long).toBeGreaterThan(20 * short);
    expect(long / 160).toBeLessThan(1);
    expect(Math.abs(long / 160 / (short / 5) - 1)).toBeLessThan(0.5);
  });
});

describe("flowchart 1", () => {
  const left = (bias: number, steps: number) => Math.exp(-steps * Math.log(1 + Math.exp(-bias)));
  it("asks for an LSTM that keeps nothing over 40 steps with forget bias 1, and half with 4 (erratum 9.2)", () => {
    expect(left(1, 40)).toBeLessThan(1e-5);
    expect(left(4, 40)).toBeGreaterThan(0.4);
  });
  it("keeps 1/e of the cell over T steps with the bias ln(T − 1) (erratum 9.2)", () => {
    for (const steps of [20, 100, 500]) expect(left(Math.log(steps - 1), steps)).toBeCloseTo(Math.exp(-1), 1);
  });
});
