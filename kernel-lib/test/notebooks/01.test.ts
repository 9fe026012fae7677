import { describe, expect, it } from "vitest";
import { LSTMCell, rng, uniformSequence, unroll } from "../../src";

describe("the objectives' errata", () => {
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
