import { expect, it } from "vitest";
import { unroll } from "../../src/bptt/unroll";
import { JordanCell } from "../../src/cells/jordan";
import { activations, logistic } from "../../src/math/activations";
import { Matrix } from "../../src/math/matrix";
import { rng } from "../../src/math/random";
import { describeCell, describeShapeErrors } from "./contract";

const hiddenUnits = 3;
describeCell("JordanCell", (config) => JordanCell.init({ ...config, hiddenUnits }) as never);
describeCell(
  "JordanCell of tanh without decay",
  (config) => JordanCell.init({ ...config, hiddenUnits, decay: 0, activation: activations.tanh }) as never,
);
describeShapeErrors("JordanCell", (config) => JordanCell.init({ ...config, hiddenUnits }) as never);

it("feeds its outputs back, each earlier one fainter by the decay", () => {
  const one = (value: number) => Matrix.full(1, 1, value);
  const params = {
    kernel: one(2),
    recurrentKernel: one(-3),
    bias: one(0.1),
    outputKernel: one(4),
    outputBias: one(-1),
  };
  const cell = new JordanCell(params, 0.5);
  const { hs, caches } = unroll(cell, [one(1), one(0), one(-1)]);
  const [y1, y2] = hs.map((h) => h.at(0, 0));
  expect(y1).toBeCloseTo(logistic(4 * logistic(2.1) - 1), 14);
  expect(y2).toBeCloseTo(logistic(4 * logistic(0.1 - 3 * y1) - 1), 14);
  expect(caches[2].context.at(0, 0)).toBeCloseTo(0.5 * y1 + y2, 14);
});

it("names parameters that do not fit, and a decay that grows", () => {
  const { params } = JordanCell.init({ inputSize: 2, hiddenUnits, units: 4, random: rng(1) });
  expect(() => new JordanCell({ ...params, recurrentKernel: Matrix.zeros(3, 3) })).toThrow(
    "JordanCell: recurrentKernel: expected [units=4, hiddenUnits=3], got [3, 3]",
  );
  expect(() => new JordanCell(params, 1)).toThrow(
    "JordanCell: decay: expected a number from 0 to below 1, got 1",
  );
});
