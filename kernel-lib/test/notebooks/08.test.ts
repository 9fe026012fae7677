import { describe, expect, it } from "vitest";
import {
  type ComputationGraph,
  fromChapterLSTM,
  fromChapterRNN,
  GRUCell,
  gruGraph,
  lstmGraph,
  Matrix,
  RNNCell,
  rng,
  rnnGraph,
  unroll,
} from "../../src";
import { exampleLSTM } from "./chapter-examples";

const zeros = Matrix.zeros(1, 2);
const lstm = lstmGraph(fromChapterLSTM(exampleLSTM));
const reads = (graph: ComputationGraph, id: string) => graph.paths("x", id).length;

describe("diagram 2", () => {
  it("x reaches the candidate and all three gates: only so do the chapter's own numbers come out", () => {
    expect(["f", "i", "g", "o"].map((id) => reads(lstm, id))).toEqual([1, 1, 1, 1]);
    const given = { hBefore: zeros, cBefore: zeros };
    const values = lstm.run({ ...given, x: Matrix.from([[1, 0.5]]) });
    const { f, i, o } = lstm.run({ ...given, x: zeros });
    const asDrawn = lstm.run({ ...given, x: Matrix.from([[1, 0.5]]), f, i, o });
    const printed = Matrix.from([[0.1536, 0.1034]]);
    expect(values.h.maxAbsDifference(printed)).toBeLessThan(1.2e-4); // erratum 4
    expect(asDrawn.h.maxAbsDifference(printed)).toBeGreaterThan(0.04);
  });
});

describe("diagram 3", () => {
  it("the candidate reads x: without it an empty state stays empty", () => {
    const graph = gruGraph(GRUCell.init({ inputSize: 2, units: 2, random: rng(19) }));
    expect(reads(graph, "hTilde")).toBe(2); // directly, and through the reset gate
    const x = Matrix.from([[1, 0.5]]);
    expect(graph.run({ x, hBefore: zeros }).h.norm).toBeGreaterThan(0.1);
    expect(graph.run({ x, hBefore: zeros, rhx: Matrix.zeros(1, 4) }).h.norm).toBe(0);
  });
});

describe("the ways from the old state to the new one", () => {
  const inputSize = 2;
  const ways = (graph: ComputationGraph, from: string, to: string) => graph.paths(from, to);
  const free = (graph: ComputationGraph, from: string, to: string) =>
    ways(graph, from, to).filter((path) => path.every((id) => graph.node(id).kind !== "weighted"));
  it("are never free of weights in the RNN, and once in LSTM and GRU", () => {
    const rnn = rnnGraph(RNNCell.init({ inputSize, units: 2, random: rng(1) }));
    const gru = gruGraph(GRUCell.init({ inputSize, units: 2, random: rng(1) }));
    expect(free(rnn, "hBefore", "h")).toEqual([]);
    expect(free(lstm, "cBefore", "c")).toEqual([["cBefore", "kept", "sum", "c"]]);
    expect(free(gru, "hBefore", "h")).toEqual([["hBefore", "kept", "sum", "h"]]);
  });
  it("lead to Cₜ only by the forget gate within one step, and by three gates from hₜ₋₁ (erratum 7)", () => {
    expect(ways(lstm, "cBefore", "c")).toHaveLength(1);
    expect(ways(lstm, "hBefore", "c")).toHaveLength(3);
  });
});

describe("diagram 1", () => {
  it("two different pasts lead to one hidden state", () => {
    const rnn = fromChapterRNN({
      W_xh: [
        [0.5, 0.3],
        [0.1, 0.4],
      ],
      W_hh: [
        [0.2, 0.1],
        [0.3, 0.2],
      ],
      b_h: [0, 0],
    });
    const [x1, x2] = [Matrix.from([[1, 0]]), Matrix.from([[0, 1]])];
    const h1 = unroll(rnn, [x1]).state.h;
    // silence first, then W_xh⁻¹·(W_hh·h₁) + x₂; the determinant of W_xh is 0.17
    const [p, q] = h1.matmul(rnn.params.recurrentKernel).data;
    const otherX2 = x2.add(Matrix.from([[(0.4 * p - 0.3 * q) / 0.17, (0.5 * q - 0.1 * p) / 0.17]]));
    const [first, second] = [unroll(rnn, [x1, x2]), unroll(rnn, [zeros, otherX2])];
    expect(first.state.h.maxAbsDifference(second.state.h)).toBeLessThan(1e-15);
    expect(otherX2.maxAbsDifference(x2)).toBeGreaterThan(0.03);
  });
});
