import { describe, expect, it } from "vitest";
import {
  fromChapterLSTM,
  fromChapterRNN,
  type LSTMCell,
  Matrix,
  type RNNCell,
  tanh,
  toChapterRNN,
  unroll,
} from "../../src";
import { assertClose } from "../../src/math/assert-close";
import { exampleLSTM } from "./chapter-examples";

// The chapter's two worked examples. True values by 50-digit arithmetic, rounded to six decimals.
const rnn: RNNCell = fromChapterRNN({
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
const lstm: LSTMCell = fromChapterLSTM(exampleLSTM);

const sixDecimals = 5e-7;
/** The units whose printed value is not the true one rounded to four decimals. */
const wrongUnits = (printed: number[], truth: Matrix): number[] =>
  [0, 1].filter((unit) => Math.abs(printed[unit] - truth.data[unit]) > 0.5e-4);

describe("worked example 1", () => {
  const [, h2, h3] = unroll(
    rnn,
    [
      [1, 0],
      [0, 1],
      [1, 1],
    ].map((x) => Matrix.from([x])),
  ).hs;
  const W_hh = Matrix.from(toChapterRNN(rnn).W_hh);
  const recurrent3 = W_hh.matmul(h2.T);
  const z3 = recurrent3.add(Matrix.from([[0.8], [0.5]]));

  it("has h₂ = [0.381992, 0.506915], both printed wrong (erratum 1)", () => {
    assertClose("h₂", h2, [0.381992, 0.506915], sixDecimals);
    expect(wrongUnits([0.3828, 0.5068], h2)).toEqual([0, 1]);
  });

  it("has z₃ = [0.927090, 0.715981], h₃ = [0.729234, 0.614413], all printed wrong (erratum 2)", () => {
    assertClose("z₃", z3, [0.92709, 0.715981], sixDecimals);
    assertClose("h₃", h3, [0.729234, 0.614413], sixDecimals);
    expect(wrongUnits([0.9273, 0.7162], z3)).toEqual([0, 1]);
    expect(wrongUnits([0.7286, 0.6143], h3)).toEqual([0, 1]);
  });

  it("has W_hh·h₂ = [0.127090, 0.215981]; not even the printed h₂ gives the printed unit 1 (erratum 2)", () => {
    assertClose("W_hh·h₂", recurrent3, [0.12709, 0.215981], sixDecimals);
    expect(wrongUnits([0.1273, 0.2162], W_hh.matmul(Matrix.from([[0.3828], [0.5068]])))).toEqual([0]);
  });

  it("does not get the printed h₃ from the printed z₃ (erratum 2)", () => {
    expect(wrongUnits([0.7286, 0.6143], tanh(Matrix.from([[0.9273], [0.7162]])))).toEqual([0, 1]);
  });
});

describe("worked example 2", () => {
  const { f, o, cNext, tanhC } = unroll(lstm, [Matrix.from([[1, 0.5]])]).caches[0];

  it("has f₁ = [0.700567, 0.679179], unit 1 printed wrong (erratum 3)", () => {
    assertClose("f₁", f, [0.700567, 0.679179], sixDecimals);
    expect(wrongUnits([0.7003, 0.6792], f)).toEqual([0]);
  });

  it("has tanh(C₁) = [0.237721, 0.169245], h₁ = [0.153486, 0.103348], all printed wrong (erratum 4)", () => {
    assertClose("tanh(C₁)", tanhC, [0.237721, 0.169245], sixDecimals);
    assertClose("h₁", o.mul(tanhC), [0.153486, 0.103348], sixDecimals);
    expect(wrongUnits([0.2379, 0.1693], tanhC)).toEqual([0, 1]);
    expect(wrongUnits([0.1536, 0.1034], o.mul(tanhC))).toEqual([0, 1]);
  });

  it("gets the printed unit 2 of tanh(C₁) and h₁ by rounding every line; unit 1 of tanh(C₁) is a slip (erratum 4)", () => {
    expect(wrongUnits([0.2424, 0.1709], cNext)).toEqual([]);
    expect(wrongUnits([0.2379, 0.1693], tanh(Matrix.from([[0.2424, 0.1709]])))).toEqual([0]);
    expect(wrongUnits([0.1536, 0.1034], Matrix.from([[0.6457 * 0.2379, 0.6106 * 0.1693]]))).toEqual([]);
  });
});
