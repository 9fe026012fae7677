import type { LSTMCell } from "../cells/lstm";
import { sigmoid, tanh } from "../math/activations";
import { Matrix } from "../math/matrix";
import { toChapterLSTM } from "../weights/chapter";
import { ComputationGraph, type GraphNode } from "./computation-graph";
import { affine, input, output } from "./nodes";

/**
 * One LSTM step, the chapter's 5.2, with the cell's own weights in the chapter's packing: every gate reads [hₜ₋₁, xₜ].
 * Give it `x`, `hBefore` and `cBefore`; it computes `h` and `c`.
 */
export function lstmGraph(cell: LSTMCell): ComputationGraph {
  const w = toChapterLSTM(cell);
  const gate = (name: string, letter: string, meaning: string, id: string, lane: number): GraphNode => ({
    id,
    label: `${name} = σ`,
    meaning,
    equation: `${name} = σ(W_${letter}·[hₜ₋₁, xₜ] + b_${letter})`,
    kind: "weighted",
    inputs: ["hx"],
    compute: affine(
      Matrix.from(w[`W_${letter}` as "W_f"]),
      Matrix.from([w[`b_${letter}` as "b_f"]]),
      sigmoid,
    ),
    lane,
  });
  return new ComputationGraph("LSTM cell", [
    input("cBefore", "Cₜ₋₁", "cell state before", { lane: 0 }),
    input("hBefore", "hₜ₋₁", "hidden state before", { lane: 2 }),
    input("x", "xₜ", "input", { lane: 3 }),
    {
      id: "hx",
      label: "[h, x]",
      meaning: "both, one below the other",
      equation: "[hₜ₋₁, xₜ]",
      kind: "join",
      inputs: ["hBefore", "x"],
      compute: (h, x) => Matrix.concatColumns([h, x]),
      lane: 2.5,
    },
    gate("fₜ", "f", "forget gate", "f", 1),
    gate("iₜ", "i", "input gate", "i", 2),
    {
      id: "g",
      label: "C̃ₜ = tanh",
      meaning: "candidate",
      equation: "C̃ₜ = tanh(W_C·[hₜ₋₁, xₜ] + b_C)",
      kind: "weighted",
      inputs: ["hx"],
      compute: affine(Matrix.from(w.W_C), Matrix.from([w.b_C]), tanh),
      lane: 3,
    },
    gate("oₜ", "o", "output gate", "o", 4),
    {
      id: "kept",
      label: "f ⊙ C",
      meaning: "what is kept",
      equation: "fₜ ⊙ Cₜ₋₁",
      kind: "elementwise",
      inputs: ["cBefore", "f"],
      compute: (c, f) => f.mul(c),
      lane: 0,
    },
    {
      id: "added",
      label: "i ⊙ C̃",
      meaning: "what is added",
      equation: "iₜ ⊙ C̃ₜ",
      kind: "elementwise",
      inputs: ["i", "g"],
      compute: (i, g) => i.mul(g),
      lane: 2.5,
    },
    {
      id: "sum",
      label: "+",
      meaning: "new cell state",
      equation: "Cₜ = fₜ ⊙ Cₜ₋₁ + iₜ ⊙ C̃ₜ",
      kind: "elementwise",
      inputs: ["kept", "added"],
      compute: (kept, added) => kept.add(added),
      lane: 0,
    },
    {
      id: "tanhC",
      label: "tanh C",
      meaning: "squeezed between −1 and 1",
      equation: "tanh(Cₜ)",
      kind: "elementwise",
      inputs: ["sum"],
      compute: tanh,
      lane: 2,
    },
    {
      id: "shown",
      label: "o ⊙ tanh",
      meaning: "what is shown",
      equation: "hₜ = oₜ ⊙ tanh(Cₜ)",
      kind: "elementwise",
      inputs: ["tanhC", "o"],
      compute: (tanhC, o) => o.mul(tanhC),
      lane: 4,
    },
    output("c", "Cₜ", "cell state after", "sum", { lane: 0, column: 7 }),
    output("h", "hₜ", "hidden state after", "shown", { lane: 4 }),
  ]);
}
