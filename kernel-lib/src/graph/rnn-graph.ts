import type { RNNCell } from "../cells/rnn";
import { ComputationGraph } from "./computation-graph";
import { input, output } from "./nodes";

/** One step of the vanilla network, the chapter's 5.1, with the cell's own weights. Give it `x` and `hBefore`. */
export function rnnGraph({ params, activation }: RNNCell): ComputationGraph {
  const { kernel, recurrentKernel, bias } = params;
  return new ComputationGraph("RNN cell", [
    input("hBefore", "hₜ₋₁", "hidden state before", { lane: 0 }),
    input("x", "xₜ", "input", { lane: 1 }),
    {
      id: "fromPast",
      label: "W·h",
      meaning: "what the past says",
      equation: "W_hh·hₜ₋₁",
      kind: "weighted",
      inputs: ["hBefore"],
      compute: (h) => h.matmul(recurrentKernel),
      lane: 0,
    },
    {
      id: "fromInput",
      label: "W·x + b",
      meaning: "what the input says",
      equation: "W_xh·xₜ + b_h",
      kind: "weighted",
      inputs: ["x"],
      compute: (x) => x.matmul(kernel).addRow(bias),
      lane: 1,
    },
    {
      id: "z",
      label: "+",
      meaning: "sum of both",
      equation: "zₜ = W_hh·hₜ₋₁ + W_xh·xₜ + b_h",
      kind: "elementwise",
      inputs: ["fromInput", "fromPast"],
      compute: (x, h) => x.add(h),
      lane: 0.5,
    },
    {
      id: "squash",
      label: "tanh",
      meaning: "squeezed between −1 and 1",
      equation: "tanh(zₜ)",
      kind: "elementwise",
      inputs: ["z"],
      compute: activation.apply,
      lane: 0.5,
    },
    output("h", "hₜ", "hidden state after", "squash", { lane: 0.5 }),
  ]);
}
