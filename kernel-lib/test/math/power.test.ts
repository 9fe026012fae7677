import fc from "fast-check";
import { expect, it } from "vitest";
import { integerPower } from "../../src/math/power";

it("agrees with ** to fifteen digits", () => {
  fc.assert(
    fc.property(fc.double({ min: -1.1, max: 1.1, noNaN: true }), fc.nat(2000), (base, exponent) => {
      const expected = base ** exponent;
      expect(Math.abs(integerPower(base, exponent) - expected)).toBeLessThanOrEqual(
        1e-12 * Math.abs(expected) + 1e-300,
      );
    }),
  );
});

it("has the same bits on every version of Node", () => {
  expect(integerPower(0.999, 1000)).toBe(0.36769542477096695);
  expect([integerPower(3, 0), integerPower(2, 10), integerPower(-2, 3)]).toEqual([1, 1024, -8]);
});
