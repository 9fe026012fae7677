import type { GRUCell } from "../cells/gru";
import { sigmoid, tanh } from "../math/activations";
import { Matrix } from "../math/matrix";
import { toChapterGRU } from "../weights/chapter";
import { ComputationGraph, type GraphNode } from "./computation-graph";
import { affine, input, output } from "./nodes";

/**
 * One GRU step as the chapter's 5.3 writes it, hₜ = (1 − zₜ) ⊙ hₜ₋₁ + zₜ ⊙ h̃ₜ, with the cell's own weights in the chapter's
 * packing: its zₜ is 1 minus the cell's. Give it `x` and `hBefore`; it computes `h`.
 */
export function gruGraph(cell: GRUCell): ComputationGraph {
  const w = toChapterGRU(cell);
  const gate = (letter: "z" | "r", meaning: string, lane: number): GraphNode => ({
    id: letter,
    label: `${letter}ₜ = σ`,
    meaning,
    equation: `${letter}ₜ = σ(W_${letter}·[hₜ₋₁, xₜ] + b_${letter})`,
    kind: "weighted",
    inputs: ["hx"],
    compute: affine(Matrix.from(w[`W_${letter}`]), Matrix.from([w[`b_${letter}`]]), sigmoid),
    lane,
  });
  const join = (h: Matrix, x: Matrix) => Matrix.concatColumns([h, x]);
  return new ComputationGraph("GRU cell", [
    input("hBefore", "hₜ₋₁", "hidden state before", { lane: 0 }),
    input("x", "xₜ", "input", { lane: 4 }),
    {
      id: "hx",
      label: "[h, x]",
      meaning: "both, one below the other",
      equation: "[hₜ₋₁, xₜ]",
      kind: "join",
      inputs: ["hBefore", "x"],
      compute: join,
      lane: 2.5,
    },
    gate("z", "update gate", 2),
    gate("r", "reset gate", 3),
    {
      id: "rh",
      label: "r ⊙ h",
      meaning: "the past that is asked",
      equation: "rₜ ⊙ hₜ₋₁",
      kind: "elementwise",
      inputs: ["hBefore", "r"],
      compute: (h, r) => r.mul(h),
      lane: 3,
    },
    {
      id: "rhx",
      label: "[r⊙h, x]",
      meaning: "both, one below the other",
      equation: "[rₜ ⊙ hₜ₋₁, xₜ]",
      kind: "join",
      inputs: ["rh", "x"],
      compute: join,
      lane: 3.5,
    },
    {
      id: "hTilde",
      label: "h̃ₜ = tanh",
      meaning: "candidate",
      equation: "h̃ₜ = tanh(W_h·[rₜ ⊙ hₜ₋₁, xₜ] + b_h)",
      kind: "weighted",
      inputs: ["rhx"],
      compute: affine(Matrix.from(w.W_h), Matrix.from([w.b_h]), tanh),
      lane: 3.5,
    },
    {
      id: "keep",
      label: "1 − z",
      meaning: "share of the old",
      equation: "1 − zₜ",
      kind: "elementwise",
      inputs: ["z"],
      compute: (z) => Matrix.ones(z.rows, z.cols).sub(z),
      lane: 1,
      column: 5,
    },
    {
      id: "kept",
      label: "(1−z) ⊙ h",
      meaning: "what is kept",
      equation: "(1 − zₜ) ⊙ hₜ₋₁",
      kind: "elementwise",
      inputs: ["hBefore", "keep"],
      compute: (h, keep) => keep.mul(h),
      lane: 0,
      column: 6,
    },
    {
      id: "added",
      label: "z ⊙ h̃",
      meaning: "what is added",
      equation: "zₜ ⊙ h̃ₜ",
      kind: "elementwise",
      inputs: ["z", "hTilde"],
      compute: (z, hTilde) => z.mul(hTilde),
      lane: 2,
      column: 6,
    },
    {
      id: "sum",
      label: "+",
      meaning: "new hidden state",
      equation: "hₜ = (1 − zₜ) ⊙ hₜ₋₁ + zₜ ⊙ h̃ₜ",
      kind: "elementwise",
      inputs: ["kept", "added"],
      compute: (kept, added) => kept.add(added),
      lane: 0,
    },
    output("h", "hₜ", "hidden state after", "sum", { lane: 0 }),
  ]);
}
