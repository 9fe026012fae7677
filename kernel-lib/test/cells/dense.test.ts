import { describe, expect, it } from "vitest";
import { gradientCheck, named } from "../../src/bptt/gradient-check";
import { Dense } from "../../src/cells/dense";
import { Matrix } from "../../src/math/matrix";
import { rng, uniformSequence } from "../../src/math/random";

describe("Dense", () => {
  it("has exact gradients of parameters and inputs over a sequence", () => {
    const random = rng(1);
    const head = Dense.init({ inputSize: 3, units: 2, random });
    const xs = uniformSequence(random, { timesteps: 4, batch: 2, features: 3 });
    const probes = uniformSequence(random, { timesteps: 4, batch: 2, features: 2 });
    const loss = () => head.forwardSequence(xs).ys.reduce((sum, y, t) => sum + y.dot(probes[t]), 0);
    const { grads, dxs } = head.backwardSequence(probes, head.forwardSequence(xs).cache);
    expect(gradientCheck(loss, head.params, grads).relativeError).toBeLessThan(1e-7);
    expect(gradientCheck(loss, named("x", xs), named("x", dxs)).relativeError).toBeLessThan(1e-7);
  });
  it("gives each step of a sequence what it gives the step alone", () => {
    const random = rng(2);
    const head = Dense.init({ inputSize: 3, units: 2, random });
    const xs = uniformSequence(random, { timesteps: 4, batch: 2, features: 3 });
    expect(head.forwardSequence(xs).ys).toEqual(xs.map((x) => head.forward(x).y));
  });
  it("names what has the wrong shape", () => {
    const head = Dense.init({ inputSize: 3, units: 2, random: rng(1) });
    const { cache } = head.forward(Matrix.zeros(5, 3));
    expect(() => head.forward(Matrix.zeros(5, 4))).toThrow(
      new RangeError("Dense.forward: x: expected [batch=5, inputSize=3], got [5, 4]"),
    );
    expect(() => head.backward(Matrix.zeros(5, 3), cache)).toThrow(
      new RangeError("Dense.backward: dy: expected [batch=5, units=2], got [5, 3]"),
    );
    expect(() => new Dense({ kernel: Matrix.zeros(3, 2), bias: Matrix.zeros(1, 3) })).toThrow(
      new RangeError("Dense: bias: expected [rows=1, units=2], got [1, 3]"),
    );
    expect(() => head.forwardSequence([])).toThrow(
      new RangeError("Dense.forwardSequence: xs: expected at least one step, got none"),
    );
  });
});
