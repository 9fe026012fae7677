import type { Arena } from "./arena";

export type SequenceKind = "lstm" | "peephole" | "gru" | "gruResetAfter" | "rnn";

/** What one run of a recurrent layer over a batch of sequences needs to know. */
export type SequenceShape = {
  readonly kind: SequenceKind;
  readonly batch: number;
  readonly timesteps: number;
  readonly inputSize: number;
  readonly units: number;
};

/** How many blocks of `units` columns a kernel has. */
export const gatesOf: Readonly<Record<SequenceKind, number>> = {
  lstm: 4,
  peephole: 4,
  gru: 3,
  gruResetAfter: 3,
  rnn: 1,
};

/** The next multiple of eight: rows are padded to it, so that a kernel never meets half a vector. */
export const padded = (n: number): number => (n + 7) & ~7;

/** Addresses of a layer's parameters (or of their gradients); every gate's block is `width` floats wide. */
export type Weights = {
  /** [inputSize, gates·width] */
  readonly kernel: number;
  /** [width, gates·width], rows from `units` on are 0 */
  readonly recurrentKernel: number;
  /** [gates·width] */
  readonly bias: number;
  /** GRU with the reset after the product: [gates·width], else 0 */
  readonly recurrentBias: number;
  /** Peephole LSTM: [3·width], p_i p_f p_o, else 0 */
  readonly peephole: number;
};

/**
 * Everything that the threads need to run one layer, as plain numbers: sizes, and addresses in the arena. Sequences
 * are time-major: step t of a tensor [timesteps, batch, …] is `batch` rows from t·batch on.
 */
export type Plan = SequenceShape & {
  readonly id: number;
  readonly gates: number;
  /** `units`, padded. */
  readonly width: number;
  /** `inputSize`, padded. */
  readonly inputWidth: number;
  readonly weights: Weights;
  readonly gradients: Weights;
  /** [timesteps, batch, inputWidth] */
  readonly x: number;
  readonly dx: number;
  /** [timesteps, batch], 0 where there is none. */
  readonly mask: number;
  /** [timesteps + 1, batch, width]: the state before step 0, then after each step. */
  readonly h: number;
  readonly c: number;
  /** [timesteps, batch, gates·width]: pre-activations, then gates. */
  readonly z: number;
  readonly dz: number;
  /** LSTM: tanh(c'); GRU, reset before: r ⊙ h. [timesteps, batch, width] */
  readonly extra: number;
  /** GRU, reset after: h·recurrentKernel + recurrentBias, then its gradient. [timesteps, batch, gates·width] */
  readonly u: number;
  /** ∂L/∂output [timesteps, batch, width]; ∂L/∂state [batch, width]. */
  readonly dy: number;
  readonly dh: number;
  readonly dc: number;
  /** GRU, reset before: ∂L/∂(r ⊙ h) [batch, width]. */
  readonly dReset: number;
  /** Packed weights, for engines that pack. */
  readonly panels: { kernel: number; recurrent: number; kernelT: number; recurrentT: number };
  /** Room of each thread for a block of packed gradients. */
  readonly scratch: readonly number[];
};

/** Rows of `dz` that are packed at a time for the weights' gradients. */
export const PACK_ROWS = 128;

/** Room for the weights of a layer. */
export function allocateWeights(arena: Arena, shape: SequenceShape): Weights {
  const columns = gatesOf[shape.kind] * padded(shape.units);
  const width = padded(shape.units);
  return {
    kernel: arena.allocate(shape.inputSize * columns, "kernel"),
    recurrentKernel: arena.allocate(width * columns, "recurrentKernel"),
    bias: arena.allocate(columns, "bias"),
    recurrentBias: shape.kind === "gruResetAfter" ? arena.allocate(columns, "recurrentBias") : 0,
    peephole: shape.kind === "peephole" ? arena.allocate(3 * width, "peephole") : 0,
  };
}

let plans = 0;

/** Room for one run of a layer, forward and backward. */
export function allocatePlan(
  arena: Arena,
  shape: SequenceShape,
  weights: Weights,
  gradients: Weights,
  { threads, masked }: { threads: number; masked: boolean },
): Plan {
  const { kind, batch, timesteps, inputSize, units } = shape;
  const gates = gatesOf[kind];
  const width = padded(units);
  const inputWidth = padded(inputSize);
  const columns = gates * width;
  const rows = timesteps * batch;
  const isLSTM = kind === "lstm" || kind === "peephole";
  return {
    ...shape,
    id: ++plans,
    gates,
    width,
    inputWidth,
    weights,
    gradients,
    x: arena.allocate(rows * inputWidth, "x"),
    dx: arena.allocate(rows * inputWidth, "dx"),
    mask: masked ? arena.allocate(rows, "mask") : 0,
    h: arena.allocate((rows + batch) * width, "h"),
    c: isLSTM ? arena.allocate((rows + batch) * width, "c") : 0,
    z: arena.allocate(rows * columns, "gates"),
    dz: arena.allocate(rows * columns, "gates' gradient"),
    extra: isLSTM || kind === "gru" ? arena.allocate(rows * width, "extra") : 0,
    u: kind === "gruResetAfter" ? arena.allocate(rows * columns, "u") : 0,
    dy: arena.allocate(rows * width, "dy"),
    dh: arena.allocate(batch * width, "dh"),
    dc: isLSTM ? arena.allocate(batch * width, "dc") : 0,
    dReset: kind === "gru" ? arena.allocate(batch * width, "dReset") : 0,
    panels: {
      kernel: arena.allocate(inputSize * columns, "kernel's panels"),
      recurrent: arena.allocate(width * columns, "recurrentKernel's panels"),
      kernelT: arena.allocate(columns * inputWidth, "kernel's transposed panels"),
      recurrentT: arena.allocate(columns * width, "recurrentKernel's transposed panels"),
    },
    scratch: Array.from({ length: threads }, () => arena.allocate(PACK_ROWS * columns, "scratch")),
  };
}
