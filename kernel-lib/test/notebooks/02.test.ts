import { describe, expect, it } from "vitest";
import { LSTMCell, Matrix, RNNCell, rng, spanJacobians, spectralNorm } from "../../src";

describe("the introduction's errata", () => {
  const quiet = Array.from({ length: 51 }, () => Matrix.zeros(1, 8)); // inputs that leave the state near zero
  const kept = (cell: Parameters<typeof spanJacobians>[0]) => spectralNorm(spanJacobians(cell, quiet)[1]);

  it("over 50 words a vanilla RNN that starts from a rotation keeps the whole signal (2.2)", () => {
    expect(kept(RNNCell.init({ inputSize: 8, units: 16, random: rng(1) }))).toBeCloseTo(1, 6);
  });

  it("an LSTM that starts with the forget bias 1 loses nearly all of it (2.2)", () => {
    expect(kept(LSTMCell.init({ inputSize: 8, units: 16, random: rng(1) }))).toBeLessThan(0.01);
  });

  it("a forget bias of 4.27 keeps one half for 50 words", () => {
    const keep = Math.exp(Math.log(0.5) / 50);
    expect(Math.log(keep / (1 - keep))).toBeCloseTo(4.27, 2);
  });
});
