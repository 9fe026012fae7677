import { expect, test } from "vitest";
import { toPoints, toUnits } from "../../src/jupyter/text-offsets";

test("offsets are the same in text without characters beyond 16 bits", () => {
  for (const offset of [0, 1, 3])
    expect([toUnits("abc", offset), toPoints("abc", offset)]).toEqual([offset, offset]);
});

test("a character beyond 16 bits counts once in code points and twice in code units", () => {
  expect([0, 1, 2, 3].map((points) => toUnits("🙂a🙂", points))).toEqual([0, 2, 3, 5]);
  expect([0, 2, 3, 5].map((units) => toPoints("🙂a🙂", units))).toEqual([0, 1, 2, 3]);
});

test("offsets beyond the ends are the ends", () => {
  expect([toUnits("🙂", 9), toUnits("🙂", -1), toPoints("🙂", 9), toPoints("🙂", -1)]).toEqual([2, 0, 1, 0]);
});
