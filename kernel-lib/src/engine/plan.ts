import { type Job, nextJobId } from "./job";
import type { Cursor } from "./room";

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
  /** [units, gates·width] */
  readonly recurrentKernel: number;
  /** [gates·width] */
  readonly bias: number;
  /** GRU with the reset after the product: [gates·width], else 0 */
  readonly recurrentBias: number;
  /** Peephole LSTM: [3·width], p_i p_f p_o, else 0 */
  readonly peephole: number;
};

/**
 * A state before and after each step, [timesteps, batch, width] at the steps of the input: two windows, one step apart,
 * on the same memory. `start` is the state [batch, width] before the first step that is run, `end` that after the last.
 */
export type States = {
  readonly before: number;
  readonly after: number;
  readonly start: number;
  readonly end: number;
};
const noStates: States = { before: 0, after: 0, start: 0, end: 0 };

function placeStates(cursor: Cursor, timesteps: number, floats: number, backwards: boolean): States {
  const low = cursor.take((timesteps + 1) * floats);
  const [next, high] = [low + 4 * floats, low + 4 * timesteps * floats];
  return backwards
    ? { before: next, after: low, start: high, end: low }
    : { before: low, after: next, start: low, end: high };
}

/**
 * Everything that the threads need to run one layer, as plain numbers: sizes, and addresses in the arena. Sequences
 * are time-major: step t of a tensor [timesteps, batch, …] is `batch` rows from t·batch on.
 */
export type Plan = Job &
  SequenceShape & {
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
    /** From the last step to the first. */
    readonly backwards: boolean;
    readonly h: States;
    /** Zeros where the cell has no c. */
    readonly c: States;
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

/** Places a layer's weights, or their gradients. The memory has to be cleared: the padding must be 0. */
export function placeWeights(
  { kind, inputSize, units }: Omit<SequenceShape, "batch" | "timesteps">,
  cursor: Cursor,
): Weights {
  const width = padded(units);
  const columns = gatesOf[kind] * width;
  return {
    kernel: cursor.take(inputSize * columns),
    recurrentKernel: cursor.take(units * columns),
    bias: cursor.take(columns),
    recurrentBias: kind === "gruResetAfter" ? cursor.take(columns) : 0,
    peephole: kind === "peephole" ? cursor.take(3 * width) : 0,
  };
}

/** Where a layer reads and writes: in its neighbours' rooms, or (0) in its own. */
export type Connections = {
  readonly x: number;
  /** 0 where ∂L/∂x is not wanted. */
  readonly dx: number;
};

/** Places all that one run of a layer needs, forward and backward; the memory may hold anything. */
export function placePlan(
  shape: SequenceShape,
  { weights, gradients }: { weights: Weights; gradients: Weights },
  { x, dx }: Connections,
  { threads, masked, backwards }: { threads: number; masked: boolean; backwards: boolean },
  cursor: Cursor,
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
    id: nextJobId(),
    gates,
    width,
    inputWidth,
    weights,
    gradients,
    x,
    dx,
    mask: masked ? cursor.take(rows) : 0,
    backwards,
    h: placeStates(cursor, timesteps, batch * width, backwards),
    c: isLSTM ? placeStates(cursor, timesteps, batch * width, backwards) : noStates,
    z: cursor.take(rows * columns),
    dz: cursor.take(rows * columns),
    extra: isLSTM || kind === "gru" ? cursor.take(rows * width) : 0,
    u: kind === "gruResetAfter" ? cursor.take(rows * columns) : 0,
    dy: cursor.take(rows * width),
    dh: cursor.take(batch * width),
    dc: isLSTM ? cursor.take(batch * width) : 0,
    dReset: kind === "gru" ? cursor.take(batch * width) : 0,
    panels: {
      kernel: cursor.take(inputSize * columns),
      recurrent: cursor.take(width * columns),
      kernelT: cursor.take(columns * inputWidth),
      recurrentT: cursor.take(columns * width),
    },
    scratch: Array.from({ length: threads }, () => cursor.take(PACK_ROWS * (columns + 4))),
  };
}

export const describeShape = ({ kind, batch, timesteps, inputSize, units }: SequenceShape): string =>
  `${kind} [batch=${batch}, timesteps=${timesteps}, inputSize=${inputSize}, units=${units}]`;
