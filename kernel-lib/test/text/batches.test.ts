import fc from "fast-check";
import { expect, it } from "vitest";
import { textChunks, textWindows } from "../../src/text/batches";

const counted = (n: number) => Array.from({ length: n }, (_, i) => i);

it("a text becomes parallel streams, in chunks that go on where the last ended", () => {
  expect([...textChunks(counted(11), { batch: 2, timesteps: 3 })]).toEqual([
    {
      start: 0,
      inputs: [
        [0, 5],
        [1, 6],
        [2, 7],
      ],
      targets: [
        [1, 6],
        [2, 7],
        [3, 8],
      ],
    },
    {
      start: 3,
      inputs: [
        [3, 8],
        [4, 9],
      ],
      targets: [
        [4, 9],
        [5, 10],
      ],
    },
  ]);
});

it("every token after the first is a target once, but for fewer than a batch at the end", () => {
  const options = { n: fc.integer({ min: 2, max: 200 }), batch: fc.integer({ min: 1, max: 9 }) };
  fc.assert(
    fc.property(options.n, options.batch, fc.integer({ min: 1, max: 40 }), (n, batch, timesteps) => {
      fc.pre(n > batch);
      const targets = [...textChunks(counted(n), { batch, timesteps })].flatMap((chunk) =>
        chunk.targets.flat(),
      );
      const length = Math.floor((n - 1) / batch);
      expect(targets.sort((a, b) => a - b)).toEqual(counted(length * batch).map((i) => i + 1));
    }),
  );
});

it("windows overlap; each has the token that follows", () => {
  expect(textWindows(counted(6), { length: 2, stride: 3 })).toEqual([
    { input: [0, 1], target: 2 },
    { input: [3, 4], target: 5 },
  ]);
  expect(textWindows(counted(6), { length: 2 })).toHaveLength(4);
});

it("a text that is too short is an error", () => {
  expect(() => [...textChunks([1, 2], { batch: 2, timesteps: 1 })]).toThrow(
    "textChunks: ids: expected at least 3 tokens for 2 streams, got 2",
  );
  expect(() => [...textChunks([1, 2], { batch: 0, timesteps: 1 })]).toThrow(
    "textChunks: batch: expected a whole number ≥ 1, got 0",
  );
  expect(() => textWindows([1, 2], { length: 2 })).toThrow(
    "textWindows: ids: expected more than length=2 tokens, got 2",
  );
});
