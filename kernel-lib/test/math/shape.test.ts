import { describe, expect, it } from "vitest";
import { assertLength, assertNotEmpty, assertShape } from "../../src/math/shape";

describe("shape checks", () => {
  it("say the function, the argument, what was expected and what came", () => {
    expect(() =>
      assertShape("LSTMCell.forward: x", { rows: 3, cols: 5 }, { batch: 3, inputSize: 2 }),
    ).toThrow(new RangeError("LSTMCell.forward: x: expected [batch=3, inputSize=2], got [3, 5]"));
    expect(() => assertLength("bptt: dhs", [1, 2], "timesteps", 3)).toThrow(
      new RangeError("bptt: dhs: expected timesteps=3, got 2"),
    );
    expect(() => assertNotEmpty("unroll: xs", [])).toThrow(
      new RangeError("unroll: xs: expected at least one step, got none"),
    );
  });
  it("accept what fits", () => {
    assertShape("f: x", { rows: 3, cols: 2 }, { batch: 3, inputSize: 2 });
    assertLength("f: xs", [1], "timesteps", 1);
    assertNotEmpty("f: xs", [1]);
  });
});
