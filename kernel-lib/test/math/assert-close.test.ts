import { expect, it } from "vitest";
import { assertClose } from "../../src/math/assert-close";
import { Matrix } from "../../src/math/matrix";

it("accepts numbers, lists and matrices that differ by no more than the tolerance", () => {
  assertClose("a number", 1 + 1e-13, 1);
  assertClose("a list", [1, 2.004], [1, 2], 0.005);
  assertClose("a matrix and a list", Matrix.from([[1, 2]]), [1, 2], 0);
});

it("names the quantity, the place, both values and the tolerance", () => {
  expect(() => assertClose("h₂", [0.5, 0.381992], [0.5, 0.3828], 5e-7)).toThrow(
    "assertClose: h₂[1]: expected 0.3828 ± 5e-7, got 0.381992",
  );
});

it("rejects another length and NaN", () => {
  expect(() => assertClose("h", [1, 2], [1])).toThrow("assertClose: h: expected length=1, got 2");
  expect(() => assertClose("h", Number.NaN, Number.NaN)).toThrow("got NaN");
});
