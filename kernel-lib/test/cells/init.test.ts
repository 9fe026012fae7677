import { describe, expect, it } from "vitest";
import { glorotUniform, unitForgetBias, xavierNormal } from "../../src/cells/init";
import { joinParams, zerosLike } from "../../src/cells/params";
import { RNNCell } from "../../src/cells/rnn";
import { Matrix } from "../../src/math/matrix";
import { rng } from "../../src/math/random";

describe("initializers", () => {
  it("glorotUniform stays within ±√(6 / (fanIn + fanOut)) and fills it", () => {
    const { data } = glorotUniform(rng(1), 50, 100);
    const limit = Math.sqrt(6 / 150);
    const largest = data.reduce((max, v) => Math.max(max, Math.abs(v)), 0);
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.99 * limit);
  });
  it("xavierNormal has the variance 2 / (n + d)", () => {
    const m = xavierNormal(8)(rng(1), 100, 100);
    expect(m.norm ** 2 / 1e4).toBeCloseTo(0.25, 2);
    expect(m.sum() / 1e4).toBeCloseTo(0, 1.5);
  });
  it("unitForgetBias is 1 at the forget gate alone", () => {
    expect(unitForgetBias(2).toArray()).toEqual([[0, 0, 1, 1, 0, 0, 0, 0]]);
  });
  it("a cell's recurrent kernel is orthogonal unless another initializer is given", () => {
    const { recurrentKernel: u } = RNNCell.init({ inputSize: 2, units: 6, random: rng(1) }).params;
    expect(u.matmulTranspose(u).equals(Matrix.identity(6), 1e-12)).toBe(true);
  });
});

describe("params", () => {
  const params = { kernel: Matrix.ones(2, 3), bias: Matrix.ones(1, 3) };
  it("joinParams prefixes the names and shares the matrices", () => {
    const joined = joinParams({ cell: params, head: { bias: params.bias } });
    expect(Object.keys(joined)).toEqual(["cell.kernel", "cell.bias", "head.bias"]);
    expect(joined["cell.kernel"]).toBe(params.kernel);
  });
  it("zerosLike keeps names and shapes", () => {
    expect(zerosLike(params)).toEqual({ kernel: Matrix.zeros(2, 3), bias: Matrix.zeros(1, 3) });
  });
});
