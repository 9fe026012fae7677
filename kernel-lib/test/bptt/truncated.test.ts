import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bptt } from "../../src/bptt/bptt";
import { truncatedBptt, unrollChunks } from "../../src/bptt/truncated";
import { unroll } from "../../src/bptt/unroll";
import type { Params } from "../../src/cells/cell";
import { LSTMCell } from "../../src/cells/lstm";
import { accumulate, zerosLike } from "../../src/cells/params";
import type { Matrix } from "../../src/math/matrix";
import { rng, uniformSequence } from "../../src/math/random";

const T = 9;
const setting = (seed: number) => {
  const random = rng(seed);
  const cell = LSTMCell.init({ inputSize: 2, units: 3, random });
  const xs = uniformSequence(random, { timesteps: T, batch: 2, features: 2 });
  const dhs = uniformSequence(random, { timesteps: T, batch: 2, features: 3 });
  return { cell, xs, dhs, caches: unroll(cell, xs).caches };
};
function expectSame(a: Params, b: Params): void {
  for (const name in b) expect(a[name].equals(b[name], 1e-12)).toBe(true);
}

describe("truncatedBptt", () => {
  it("with k2 ≥ T is bptt, whatever k1 is", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: T + 2 }), fc.nat(5), (seed, k1, more) => {
        const { cell, caches, dhs } = setting(seed);
        const truncated = truncatedBptt(cell, caches, dhs, { k1, k2: Math.max(T, k1) + more });
        const full = bptt(cell, caches, dhs);
        expectSame(truncated.grads, full.grads);
        truncated.dxs.forEach((dx, t) => {
          expect(dx.equals(full.dxs[t], 1e-12)).toBe(true);
        });
      }),
      { numRuns: 40 },
    );
  });
  it("sends each loss back through its last k2 steps alone when k1 = 1", () => {
    const { cell, caches, dhs } = setting(1);
    const want = zerosLike(cell.params);
    for (let t = 0; t < T; t++) {
      const from = Math.max(0, t - 3);
      const losses: (Matrix | undefined)[] = new Array(t + 1 - from);
      losses[t - from] = dhs[t];
      accumulate(want, bptt(cell, caches.slice(from, t + 1), losses).grads);
    }
    expectSame(truncatedBptt(cell, caches, dhs, { k1: 1, k2: 4 }).grads, want);
  });
  it("with k1 = k2 = k is the sum over the chunks of unrollChunks", () => {
    for (const k of [1, 3, 9]) {
      const { cell, xs, caches, dhs } = setting(k);
      const sum = zerosLike(cell.params);
      for (const chunk of unrollChunks(cell, xs, k))
        accumulate(sum, bptt(cell, chunk.caches, dhs.slice(chunk.start, chunk.start + k)).grads);
      expectSame(truncatedBptt(cell, caches, dhs, { k1: k, k2: k }).grads, sum);
    }
  });
  it("differs from bptt when it truncates", () => {
    const { cell, caches, dhs } = setting(2);
    const { grads } = truncatedBptt(cell, caches, dhs, { k1: 2, k2: 2 });
    expect(grads.recurrentKernel.equals(bptt(cell, caches, dhs).grads.recurrentKernel, 1e-3)).toBe(false);
  });
  it("leaves out the losses that are not given", () => {
    const { cell, caches, dhs } = setting(3);
    const last = dhs.map((dh, t) => (t === T - 1 ? dh : undefined));
    const { grads } = truncatedBptt(cell, caches, last, { k1: 2, k2: 20 });
    expectSame(grads, bptt(cell, caches, last).grads);
  });
  it("names a k1 or k2 that can't be", () => {
    const { cell, caches, dhs } = setting(4);
    expect(() => truncatedBptt(cell, caches, dhs, { k1: 0, k2: 2 })).toThrow(
      new RangeError("truncatedBptt: k1: expected an integer ≥ 1, got 0"),
    );
    expect(() => truncatedBptt(cell, caches, dhs, { k1: 3, k2: 2 })).toThrow(
      new RangeError("truncatedBptt: k2: expected k2 ≥ k1=3, got 2"),
    );
    expect(() => truncatedBptt(cell, caches, dhs.slice(1), { k1: 1, k2: 2 })).toThrow(
      new RangeError("truncatedBptt: dhs: expected timesteps=9, got 8"),
    );
  });
});

describe("unrollChunks", () => {
  it("carries the state: its outputs are those of the whole sequence", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: T + 3 }), (seed, k) => {
        const { cell, xs } = setting(seed);
        const chunks = [...unrollChunks(cell, xs, k)];
        expect(chunks.flatMap(({ hs }) => hs)).toEqual(unroll(cell, xs).hs);
        expect(chunks.flatMap((chunk) => chunk.xs)).toEqual(xs);
        expect(chunks.map(({ start }) => start)).toEqual(chunks.map((_, j) => j * k));
      }),
      { numRuns: 30 },
    );
  });
  it("computes a chunk when it is asked for, with the parameters of that moment", () => {
    const { cell, xs } = setting(5);
    const chunks = unrollChunks(cell, xs, 4);
    const first = chunks.next().value;
    cell.params.kernel.data.fill(0);
    const second = chunks.next().value;
    expect(second?.hs).toEqual(unroll(cell, xs.slice(4, 8), first?.state).hs);
  });
  it("names a chunk length that can't be", () => {
    const { cell, xs } = setting(6);
    expect(() => unrollChunks(cell, xs, 0.5).next()).toThrow(
      new RangeError("unrollChunks: k: expected an integer ≥ 1, got 0.5"),
    );
  });
});
