import { describe, expect, it } from "vitest";
import { RNNCell } from "../../src/cells/rnn";
import { activations, tanh } from "../../src/math/activations";
import { Matrix } from "../../src/math/matrix";
import { describeCell, describeShapeErrors } from "./contract";

describeCell("RNNCell", (config) => RNNCell.init(config));
describeCell("RNNCell with ReLU", (config) => RNNCell.init({ ...config, activation: activations.relu }));
describeCell("RNNCell with sigmoid", (config) =>
  RNNCell.init({ ...config, activation: activations.sigmoid }),
);
describeCell("linear RNNCell", (config) => RNNCell.init({ ...config, activation: activations.linear }));
describeShapeErrors("RNNCell", (config) => RNNCell.init(config));

describe("RNNCell", () => {
  it("is tanh(x·kernel + h·recurrentKernel + bias), by hand", () => {
    const cell = new RNNCell({
      kernel: Matrix.from([[0.5, 0.1]]),
      recurrentKernel: Matrix.from([
        [0.2, 0.3],
        [0.1, 0.2],
      ]),
      bias: Matrix.from([[0.01, 0.02]]),
    });
    const { state } = cell.forward(Matrix.from([[2]]), { h: Matrix.from([[1, -1]]) });
    // 2·0.5 + 1·0.2 − 1·0.1 + 0.01 = 1.11;   2·0.1 + 1·0.3 − 1·0.2 + 0.02 = 0.32
    expect(state.h.equals(tanh(Matrix.from([[1.11, 0.32]])), 1e-15)).toBe(true);
  });
  it("rejects parameters that do not fit together", () => {
    const params = {
      kernel: Matrix.zeros(2, 3),
      recurrentKernel: Matrix.zeros(3, 3),
      bias: Matrix.zeros(1, 3),
    };
    expect(() => new RNNCell({ ...params, kernel: Matrix.zeros(2, 4) })).toThrow(
      "RNNCell: kernel: expected [inputSize=2, units=3], got [2, 4]",
    );
    expect(() => new RNNCell({ ...params, recurrentKernel: Matrix.zeros(3, 4) })).toThrow(
      "RNNCell: recurrentKernel: expected [rows=3, units=3], got [3, 4]",
    );
    expect(() => new RNNCell({ ...params, bias: Matrix.zeros(3, 1) })).toThrow(
      "RNNCell: bias: expected [rows=1, units=3], got [3, 1]",
    );
  });
});
