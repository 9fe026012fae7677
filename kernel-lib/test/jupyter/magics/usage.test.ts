import { expect, test } from "vitest";
import { formatUsage } from "../../../src/jupyter/runner/usage";

test.each([
  [0, "0 ns"],
  [0.000_25, "250 ns"],
  [0.012_345, "12.3 μs"],
  [1, "1 ms"],
  [999.6, "1000 ms"],
  [2345, "2.35 s"],
  [61_000, "1min 1s"],
  [3_600_000, "1h 0min 0s"],
])("%d ms are written as %s", (wall, text) => {
  expect(formatUsage({ wall, user: 0, system: 0 })).toBe(
    `CPU times: user 0 ns, sys: 0 ns, total: 0 ns\nWall time: ${text}\n`,
  );
});
