import { expect, it } from "vitest";
import { bptt } from "../../src/bptt/bptt";
import { gradientCheck } from "../../src/bptt/gradient-check";
import { unroll } from "../../src/bptt/unroll";
import { AdditiveAttention } from "../../src/cells/additive-attention";
import { AttentiveCell } from "../../src/cells/attentive-cell";
import { GRUCell } from "../../src/cells/gru";
import { LSTMCell } from "../../src/cells/lstm";
import { Matrix } from "../../src/math/matrix";
import { rng, uniformSequence } from "../../src/math/random";
import { describeCell } from "./contract";

describeCell("AttentiveCell over a memory of one row", ({ inputSize, units, random }) => {
  const attention = AdditiveAttention.init({ queryUnits: units, memoryUnits: 3, units: 4, random });
  const memory = attention.remember(uniformSequence(random, { timesteps: 5, batch: 1, features: 3 }));
  const inner = LSTMCell.init({ inputSize: inputSize + 3, units, random });
  const one = new AttentiveCell(inner, attention, memory);
  // the contract's batches are of several sizes; each row sees the same memory
  return {
    ...{ params: one.params, inputSize, units, zeroState: (batch: number) => one.zeroState(batch) },
    forward: (x, state) => over(one, x.rows).forward(x, state as never),
    backward: (dState, cache) => {
      const step = over(one, dState.h.rows).backward(dState as never, cache as never);
      const sum = (m: Matrix) => Matrix.concatRows(m.splitRows(5).map((rows) => rows.sumRows()));
      const { "memory.values": values, "memory.keys": keys, ...grads } = step.grads;
      return { ...step, grads: { ...grads, "memory.values": sum(values), "memory.keys": sum(keys) } };
    },
  };
});

function over(one: AttentiveCell<ReturnType<LSTMCell["zeroState"]>, unknown>, batch: number) {
  const copies = (m: Matrix) =>
    Matrix.concatRows(m.splitRows(5).map((row) => Matrix.ones(batch, 1).matmul(row)));
  const { values, keys } = one.memory;
  return new AttentiveCell(one.cell, one.attention, { values: copies(values), keys: copies(keys) });
}

it("sums the memory's gradient over the steps, for every example of the batch", () => {
  const random = rng(3);
  const attention = AdditiveAttention.init({ queryUnits: 4, memoryUnits: 3, units: 2, random });
  const memory = attention.remember(uniformSequence(random, { timesteps: 3, batch: 2, features: 3 }));
  const cell = new AttentiveCell(GRUCell.init({ inputSize: 5, units: 4, random }), attention, memory);
  const xs = uniformSequence(random, { timesteps: 4, batch: 2, features: 2 });
  const probes = uniformSequence(random, { timesteps: 4, batch: 2, features: 4 });
  const loss = () => unroll(cell, xs).hs.reduce((sum, h, t) => sum + h.dot(probes[t]), 0);
  const { grads } = bptt(cell, unroll(cell, xs).caches, probes);
  expect(gradientCheck(loss, cell.params, grads).relativeError).toBeLessThan(1e-7);
});

it("needs an inner cell that reads x beside the context", () => {
  const random = rng(1);
  const attention = AdditiveAttention.init({ queryUnits: 4, memoryUnits: 3, units: 2, random });
  const memory = attention.remember([Matrix.zeros(1, 3)]);
  expect(
    () => new AttentiveCell(GRUCell.init({ inputSize: 3, units: 4, random }), attention, memory),
  ).toThrow("AttentiveCell: cell.inputSize: expected more than the memory's 3 units, got 3");
});
