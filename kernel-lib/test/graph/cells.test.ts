import { describe, expect, it } from "vitest";
import { unroll } from "../../src/bptt/unroll";
import { Dense } from "../../src/cells/dense";
import { GRUCell } from "../../src/cells/gru";
import { LSTMCell } from "../../src/cells/lstm";
import { RNNCell } from "../../src/cells/rnn";
import { runSequence } from "../../src/graph/frames";
import { gruGraph } from "../../src/graph/gru-graph";
import { lstmGraph } from "../../src/graph/lstm-graph";
import { rnnGraph } from "../../src/graph/rnn-graph";
import { unrolledGraph } from "../../src/graph/unrolled-graph";
import { Matrix } from "../../src/math/matrix";
import { normal, rng, uniformSequence } from "../../src/math/random";

const random = rng(3);
const size = { inputSize: 3, units: 4, random };
const xs = uniformSequence(random, { timesteps: 5, batch: 2, features: 3 });
const empty = Matrix.zeros(2, 4);
/** Fresh cells have zero biases, which would hide a forgotten one. */
const biased = <C extends { params: { bias: Matrix } }>(cell: C): C => {
  cell.params.bias.data.set(normal(random, 1, cell.params.bias.cols).data);
  return cell;
};
const expectEqual = (actual: Matrix, expected: Matrix) =>
  expect(actual.maxAbsDifference(expected)).toBeLessThan(1e-14);

describe("a cell's graph computes what the cell computes, at every step of a sequence", () => {
  it("RNN", () => {
    const cell = biased(RNNCell.init(size));
    const runs = runSequence(rnnGraph(cell), xs, { hBefore: empty }, { hBefore: "h" });
    const { hs } = unroll(cell, xs);
    runs.forEach(({ h }, t) => {
      expectEqual(h, hs[t]);
    });
  });
  it("LSTM, every gate, both states", () => {
    const cell = biased(LSTMCell.init(size));
    const before = { hBefore: empty, cBefore: empty };
    const runs = runSequence(lstmGraph(cell), xs, before, { hBefore: "h", cBefore: "c" });
    const { hs, caches } = unroll(cell, xs);
    runs.forEach((values, t) => {
      const { f, i, g, o, cNext, tanhC } = caches[t];
      for (const [id, expected] of Object.entries({ f, i, g, o, c: cNext, tanhC, h: hs[t] }))
        expectEqual(values[id], expected);
    });
  });
  it("GRU, whose update gate is the chapter's: 1 minus the cell's", () => {
    const cell = biased(GRUCell.init(size));
    const runs = runSequence(gruGraph(cell), xs, { hBefore: empty }, { hBefore: "h" });
    const { hs, caches } = unroll(cell, xs);
    runs.forEach((values, t) => {
      const { z, r, rh, hTilde } = caches[t];
      for (const [id, expected] of Object.entries({ keep: z, r, rh, hTilde, h: hs[t] }))
        expectEqual(values[id], expected);
    });
  });
  it("unrolled, with the head at every step", () => {
    const cell = biased(GRUCell.init(size));
    const head = Dense.init({ inputSize: 4, units: 2, random });
    const given = Object.fromEntries(xs.map((x, t) => [`x${t + 1}`, x]));
    const values = unrolledGraph({ cell, head, name: "GRU" }, 5).run({ ...given, h0: empty });
    unroll(cell, xs).hs.forEach((h, t) => {
      expect(values[`h${t + 1}`].equals(h)).toBe(true);
      expect(values[`y${t + 1}`].equals(head.forward(h).y)).toBe(true);
    });
  });
});

describe("the ways from the old state to the new one", () => {
  const ways = (graph: ReturnType<typeof lstmGraph>, from: string, to: string) => {
    const all = graph.paths(from, to);
    return [all.length, all.filter((path) => path.every((id) => graph.node(id).kind !== "weighted")).length];
  };
  it("pass weights in the RNN; in the LSTM's cell state and in the GRU one passes none", () => {
    expect(ways(rnnGraph(RNNCell.init(size)), "hBefore", "h")).toEqual([1, 0]);
    expect(ways(lstmGraph(LSTMCell.init(size)), "cBefore", "c")).toEqual([1, 1]);
    expect(ways(lstmGraph(LSTMCell.init(size)), "hBefore", "c")).toEqual([3, 0]);
    expect(ways(gruGraph(GRUCell.init(size)), "hBefore", "h")).toEqual([5, 1]);
  });
});
