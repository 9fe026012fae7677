import { describe, expect, it } from "vitest";
import {
  LSTMCell,
  Matrix,
  oneHot,
  RNNCell,
  rng,
  spanJacobians,
  spectralNorm,
  uniformSequence,
  unroll,
} from "../../src";

describe("the objectives' errata", () => {
  it("a bag of words can't see the order; a window of a feedforward network can (1.1)", () => {
    const sentences = ["dog bites man", "man bites dog"].map((sentence) =>
      oneHot(
        sentence.split(" ").map((word) => ["bites", "dog", "man"].indexOf(word)),
        3,
      ),
    );
    const [bag, otherBag] = sentences.map((words) => words.sumRows());
    const [window, otherWindow] = sentences.map((words) => new Matrix(1, 9, words.data));
    expect(bag.equals(otherBag)).toBe(true);
    expect(window.equals(otherWindow)).toBe(false);
  });

  describe("the product of norms is an upper bound: it proves vanishing, not explosion (1.2)", () => {
    const start = RNNCell.init({ inputSize: 2, units: 8, random: rng(5) });
    /** ‖∂h₂₁/∂h₁‖₂ of a rotation times `gain`, whose norm is `gain`. */
    const arriving = (gain: number, inputs: number) => {
      const cell = new RNNCell({
        ...start.params,
        recurrentKernel: start.params.recurrentKernel.scale(gain),
      });
      const xs = uniformSequence(rng(6), { timesteps: 21, batch: 1, features: 2 });
      return spectralNorm(
        spanJacobians(
          cell,
          xs.map((x) => x.scale(inputs)),
        )[1],
      );
    };

    it("with the norm 0.9 at most 0.9²⁰ arrives", () => {
      expect(arriving(0.9, 1)).toBeLessThan(Math.exp(20 * Math.log(0.9)));
      expect(arriving(0.9, 0)).toBeCloseTo(Math.exp(20 * Math.log(0.9)), 12);
    });

    it("with the norm 1.5 nearly nothing arrives under strong inputs", () => {
      expect(arriving(1.5, 20)).toBeLessThan(0.01);
      expect(arriving(1.5, 0)).toBeGreaterThan(1000);
    });
  });

  it("an LSTM has three gates between 0 and 1; its candidate goes below 0 (1.3)", () => {
    const cell = LSTMCell.init({ inputSize: 3, units: 20, random: rng(7) });
    const { caches } = unroll(cell, uniformSequence(rng(8), { timesteps: 50, batch: 1, features: 3 }));
    const all = (part: "f" | "i" | "g" | "o") => caches.flatMap((cache) => [...cache[part].data]);
    for (const gate of ["f", "i", "o"] as const)
      expect(
        all(gate).every((v) => v > 0 && v < 1),
        gate,
      ).toBe(true);
    expect(Math.min(...all("g"))).toBeLessThan(0);
    expect(Math.min(...all("g"))).toBeGreaterThan(-1);
  });
});
