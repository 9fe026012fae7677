import type { Tensor, Tensor3D } from "@tensorflow/tfjs";
import { gatesOf, type SequenceKind, type SequenceShape } from "../engine/plan";
import type { RecurrentInput, RecurrentRun, RecurrentState, RecurrentWeights } from "../engine/recurrent";
import { currentEngine } from "../engine/use-engine";
import { OpenRuns } from "./open-runs";
import type { TensorFlow } from "./tensorflow";

export type RecurrentOp = {
  readonly kind: SequenceKind;
  /** [batch, timesteps, inputSize] */
  readonly x: Tensor;
  /** [inputSize, gates·units] */
  readonly kernel: Tensor;
  /** [units, gates·units] */
  readonly recurrentKernel: Tensor;
  /** [gates·units]; a GRU whose reset comes after the product: [2, gates·units]; without it the bias is 0. */
  readonly bias?: Tensor;
  /** h, and c of an LSTM, [batch, units] each; zeros unless given. */
  readonly state?: readonly Tensor[];
  /** [batch, timesteps]: where it is 0 the step is skipped and the state carried on. */
  readonly mask?: Tensor;
  /** From the last step to the first; the outputs come in that order, as in Keras. */
  readonly goBackwards: boolean;
  /** h after every step, or after the last one only. */
  readonly returnSequences: boolean;
  readonly returnState: boolean;
};

export type RecurrentResult = {
  /** [batch, timesteps, units], or [batch, units] */
  readonly output: Tensor;
  /** h, and c of an LSTM, where they were asked for: [batch, units] each */
  readonly states: readonly Tensor[];
  /** The state after the last step, as numbers. */
  readonly last: RecurrentState;
};

const openRuns = new OpenRuns();

/**
 * A recurrent layer over a batch of sequences as one operation of TensorFlow.js, run by the engine in use, with its
 * gradient by backpropagation through time. Differentiable once.
 *
 * An operation of TensorFlow.js with a gradient of its own has one result. So h of every step, then h and c after the
 * last one, as far as they are wanted, are laid one behind the other [batch, rows, units] and cut apart afterwards.
 */
export function recurrent(tf: TensorFlow, op: RecurrentOp): RecurrentResult {
  const [batch, timesteps, inputSize] = op.x.shape as [number, number, number];
  const units = op.recurrentKernel.shape[0];
  const shape: SequenceShape = { kind: op.kind, batch, timesteps, inputSize, units };
  const steps = op.returnSequences ? timesteps : 0;
  const stateRows = op.returnState ? statesOf(op.kind) : op.returnSequences ? 0 : 1;
  const rows = { batch, steps, states: stateRows, units, goBackwards: op.goBackwards };
  const inputs = [op.x, op.kernel, op.recurrentKernel, ...(op.bias ? [op.bias] : []), ...(op.state ?? [])];
  let last: RecurrentState = { h: new Float32Array(0) };

  const forward = () => {
    const recorded = openRuns.recording(tf);
    const run = currentEngine().recurrent(shape, weightsOf(op, shape), inputOf(op));
    last = run.state;
    const value = tf.tensor3d(pack(run, rows), [batch, steps + stateRows, units]);
    if (recorded) openRuns.hold(run);
    else run.release();
    const gradFunc = (dy: Tensor) => {
      if (tf.engine().state.gradientDepth > 0)
        throw new Error(`recurrent: a gradient of ${op.kind}'s gradient: expected a first derivative only`);
      return gradientsOf(tf, op, run, unpack(floats(dy), rows));
    };
    return { value, gradFunc };
  };
  const packed = tf.customGrad(forward as Parameters<TensorFlow["customGrad"]>[0])(...inputs) as Tensor3D;

  const row = (index: number) =>
    (steps + stateRows === 1 ? packed : packed.slice([0, index, 0], [-1, 1, -1])).reshape([batch, units]);
  const sequence = stateRows ? packed.slice([0, 0, 0], [-1, steps, -1]) : packed;
  return {
    output: op.returnSequences ? sequence : row(0),
    states: op.returnState ? Array.from({ length: stateRows }, (_, k) => row(steps + k)) : [],
    last,
  };
}

/** How many state tensors a kind of cell has: h, and an LSTM's c. */
export const statesOf = (kind: SequenceKind): number => (kind === "lstm" ? 2 : 1);

const floats = (tensor: Tensor): Float32Array => tensor.dataSync() as Float32Array;

function weightsOf({ kernel, recurrentKernel, bias }: RecurrentOp, { kind, units }: SequenceShape) {
  const columns = gatesOf[kind] * units;
  const biases = bias ? floats(bias) : new Float32Array(2 * columns);
  const weights: RecurrentWeights = {
    kernel: floats(kernel),
    recurrentKernel: floats(recurrentKernel),
    bias: biases.subarray(0, columns),
    ...(kind === "gruResetAfter" ? { recurrentBias: biases.subarray(columns, 2 * columns) } : {}),
  };
  return weights;
}

function inputOf({ x, state, mask, goBackwards }: RecurrentOp): RecurrentInput {
  const [h, c] = state?.map(floats) ?? [];
  return {
    x: floats(x),
    reverse: goBackwards,
    ...(h ? { state: { h, ...(c ? { c } : {}) } } : {}),
    ...(mask ? { mask: mask.dataSync() } : {}),
  };
}

/** ∂L/∂inputs, in the inputs' order. */
function gradientsOf(tf: TensorFlow, op: RecurrentOp, run: RecurrentRun, given: Unpacked): Tensor[] {
  const { dx, dState, gradients } = run.backward(given);
  openRuns.release(run);
  const { kernel, recurrentKernel, bias, recurrentBias } = gradients;
  const states = [dState.h, dState.c].slice(0, op.state?.length ?? 0) as Float32Array[];
  return [
    tf.tensor(dx, op.x.shape),
    tf.tensor(kernel, op.kernel.shape),
    tf.tensor(recurrentKernel, op.recurrentKernel.shape),
    ...(op.bias ? [tf.tensor(concat(bias, recurrentBias), op.bias.shape)] : []),
    ...states.map((d) => tf.tensor(d, [run.shape.batch, run.shape.units])),
  ];
}

function concat(a: Float32Array, b: Float32Array | undefined): Float32Array {
  if (!b) return a;
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

type Rows = { batch: number; steps: number; states: number; units: number; goBackwards: boolean };
type Unpacked = { dOutput?: Float32Array; dState?: RecurrentState };

/** [batch, steps + states, units]: the outputs in the order they were computed, then h and c. */
function pack(run: RecurrentRun, rows: Rows): Float32Array {
  const { batch, steps, states, units } = rows;
  if (states === 0 && !rows.goBackwards) return run.output;
  const { h, c } = run.state;
  if (steps === 0 && states === 1) return h;
  const out = new Float32Array(batch * (steps + states) * units);
  if (steps) eachStep(rows, run.output, (packed, output) => out.set(output, packed));
  for (const [k, state] of [h, c].slice(0, states).entries())
    for (let b = 0; b < batch; b++)
      out.set(
        (state as Float32Array).subarray(b * units, (b + 1) * units),
        (b * (steps + states) + steps + k) * units,
      );
  return out;
}

/** The inverse of `pack`, for the gradients. */
function unpack(dPacked: Float32Array, rows: Rows): Unpacked {
  const { batch, steps, states, units } = rows;
  if (states === 0 && !rows.goBackwards) return { dOutput: dPacked };
  const dState = Array.from({ length: states }, () => new Float32Array(batch * units));
  dState.forEach((d, k) => {
    for (let b = 0; b < batch; b++) {
      const from = (b * (steps + states) + steps + k) * units;
      d.set(dPacked.subarray(from, from + units), b * units);
    }
  });
  const [h, c] = dState;
  const unpacked = h ? { dState: { h, ...(c ? { c } : {}) } } : {};
  if (!steps) return unpacked;
  const dOutput = new Float32Array(batch * steps * units);
  eachStep(rows, dOutput, (packed, output) => output.set(dPacked.subarray(packed, packed + units)));
  return { dOutput, ...unpacked };
}

/** Calls `visit` with the place of every step in the packed rows, and with its row of `outputs` [batch, steps, units]. */
function eachStep(
  { batch, steps, states, units, goBackwards }: Rows,
  outputs: Float32Array,
  visit: (packed: number, output: Float32Array) => void,
): void {
  for (let b = 0; b < batch; b++)
    for (let t = 0; t < steps; t++) {
      const row = b * steps + (goBackwards ? steps - 1 - t : t);
      visit((b * (steps + states) + t) * units, outputs.subarray(row * units, (row + 1) * units));
    }
}
