import type { Block } from "./arena";
import { fromTimeMajor, narrow, type SequenceLayout, toTimeMajor, widen } from "./layout";
import {
  describeShape,
  gatesOf,
  type Plan,
  padded,
  placePlan,
  placeWeights,
  type SequenceShape,
  type Weights,
} from "./plan";
import { inOneBlock } from "./room";
import type { Runner } from "./runner";

/**
 * A layer's parameters, float32, packed as in Keras: kernel [inputSize, gates·units], recurrentKernel
 * [units, gates·units], bias [gates·units]; i f g o, or z r h. A GRU whose reset comes after the product also has
 * recurrentBias [3·units]; a peephole LSTM has peephole [3, units] (i, f, o).
 */
export type RecurrentWeights = {
  readonly kernel: Float32Array;
  readonly recurrentKernel: Float32Array;
  readonly bias: Float32Array;
  readonly recurrentBias?: Float32Array;
  readonly peephole?: Float32Array;
};

/** h and, for an LSTM, c: [batch, units]. */
export type RecurrentState = { readonly h: Float32Array; readonly c?: Float32Array };

export type RecurrentInput = {
  /** [batch, timesteps, inputSize] */
  readonly x: Float32Array;
  /** The state before the first step; zeros unless given. */
  readonly state?: RecurrentState;
  /** [batch, timesteps]: where it is 0, the step is skipped and the state carried on. */
  readonly mask?: ArrayLike<number>;
  /** From the last step to the first (`goBackwards`); outputs stay at their inputs' steps. */
  readonly reverse?: boolean;
};

/** ∂L/∂outputs [batch, timesteps, units] and ∂L/∂(the last state); zeros unless given. */
export type RecurrentGradient = { readonly dOutput?: Float32Array; readonly dState?: RecurrentState };

/**
 * One run of a recurrent layer over a batch of sequences: `forward` on construction, then at most one `backward`.
 * It holds room in the engine's arena until `release`.
 */
export class RecurrentRun {
  readonly shape: SequenceShape;
  private readonly engine: Runner;
  private readonly room: Block;
  private readonly plan: Plan;

  /** @throws RangeError if an array has not the length that `shape` asks for, or the arena is full */
  constructor(engine: Runner, shape: SequenceShape, weights: RecurrentWeights, input: RecurrentInput) {
    this.engine = engine;
    this.shape = shape;
    checkLengths(shape, weights, input);
    const { arena } = engine;
    const rows = shape.batch * shape.timesteps * padded(shape.inputSize);
    const { mask, reverse: backwards = false } = input;
    const options = { threads: engine.threads, masked: mask !== undefined, backwards };
    const { plan, block } = inOneBlock(arena, describeShape(shape), (cursor) => {
      const ends = { x: cursor.take(rows), dx: cursor.take(rows) };
      const parameters = { weights: placeWeights(shape, cursor), gradients: placeWeights(shape, cursor) };
      return { plan: placePlan(shape, parameters, ends, options, cursor) };
    });
    this.plan = plan;
    this.room = block;
    this.writeWeights(weights);
    this.writeInput(input);
    engine.run(this.plan, ["recurrentPack", "recurrentForward"]);
  }

  /** h after every step [batch, timesteps, units], each at its input's step. */
  get output(): Float32Array {
    const { batch, timesteps, units } = this.shape;
    const out = new Float32Array(batch * timesteps * units);
    fromTimeMajor(this.floats(this.plan.h.after, timesteps), out, this.layout(units));
    return out;
  }

  /** The state after the last step that was run. */
  get state(): RecurrentState {
    const { h, c } = this.plan;
    return { h: this.readState(h.end), ...(c.end ? { c: this.readState(c.end) } : {}) };
  }

  /** The gate activations [batch, timesteps, gates·units], each at its input's step. */
  get gates(): Float32Array {
    const { batch, timesteps, units } = this.shape;
    const { gates, width, z } = this.plan;
    const rows = batch * timesteps;
    const packed = new Float32Array(rows * gates * units);
    const blocks = { rows, blocks: gates, units, width };
    narrow(this.engine.arena.floats(z, rows * gates * width), packed, blocks);
    const out = new Float32Array(packed.length);
    fromTimeMajor(packed, out, { ...this.layout(gates * units), width: gates * units });
    return out;
  }

  /** Backpropagation through time. @throws RangeError if a gradient has the wrong length */
  backward({ dOutput, dState }: RecurrentGradient): {
    dx: Float32Array;
    dState: RecurrentState;
    gradients: RecurrentWeights;
  } {
    const { plan, engine } = this;
    const { batch, timesteps, inputSize, units } = this.shape;
    const dy = this.floats(plan.dy, timesteps);
    if (dOutput) {
      assertLength("RecurrentRun.backward: dOutput", dOutput, batch * timesteps * units);
      toTimeMajor(dOutput, dy, this.layout(units));
    } else dy.fill(0);
    this.writeState(plan.dh, dState?.h, "RecurrentRun.backward: dState.h");
    if (plan.dc) this.writeState(plan.dc, dState?.c, "RecurrentRun.backward: dState.c");
    engine.run(plan, ["recurrentBackward", "recurrentGradients", "recurrentInputGradient"]);

    const dx = new Float32Array(batch * timesteps * inputSize);
    const rows = batch * timesteps * plan.inputWidth;
    fromTimeMajor(engine.arena.floats(plan.dx, rows), dx, {
      ...this.layout(inputSize),
      width: plan.inputWidth,
    });
    return {
      dx,
      dState: { h: this.readState(plan.dh), ...(plan.dc ? { c: this.readState(plan.dc) } : {}) },
      gradients: this.readWeights(plan.gradients),
    };
  }

  /** Gives the run's room back. */
  release(): void {
    this.engine.forget(this.plan);
    this.engine.arena.release(this.room);
  }

  private layout(features: number): SequenceLayout {
    const { batch, timesteps } = this.shape;
    return { batch, timesteps, features, width: this.plan.width };
  }
  private floats(address: number, steps: number): Float32Array {
    return this.engine.arena.floats(address, steps * this.shape.batch * this.plan.width);
  }

  private writeInput({ x, state, mask }: RecurrentInput): void {
    const { plan, engine } = this;
    const { batch, timesteps, inputSize } = this.shape;
    const rows = batch * timesteps;
    const steps = engine.arena.floats(plan.x, rows * plan.inputWidth);
    toTimeMajor(x, steps, { ...this.layout(inputSize), width: plan.inputWidth });
    if (mask) {
      const kept = Float32Array.from(mask, (m) => (m ? 1 : 0));
      toTimeMajor(kept, engine.arena.floats(plan.mask, rows), { ...this.layout(1), width: 1 });
    }
    this.writeState(plan.h.start, state?.h, "RecurrentRun: state.h");
    if (plan.c.start) this.writeState(plan.c.start, state?.c, "RecurrentRun: state.c");
  }

  private writeState(address: number, from: Float32Array | undefined, what: string): void {
    const { batch, units } = this.shape;
    const room = this.floats(address, 1).fill(0);
    if (!from) return;
    assertLength(what, from, batch * units);
    widen(from, room, { rows: batch, blocks: 1, units, width: this.plan.width });
  }
  private readState(address: number): Float32Array {
    const { batch, units } = this.shape;
    const out = new Float32Array(batch * units);
    narrow(this.floats(address, 1), out, { rows: batch, blocks: 1, units, width: this.plan.width });
    return out;
  }

  private writeWeights(from: RecurrentWeights): void {
    for (const { name, address, rows, blocks } of this.parameters(this.plan.weights)) {
      const layout = { rows, blocks, units: this.shape.units, width: this.plan.width };
      const room = this.engine.arena.floats(address, rows * blocks * layout.width);
      widen(from[name] as Float32Array, room.fill(0), layout);
    }
  }
  private readWeights(weights: Weights): RecurrentWeights {
    const read = this.parameters(weights).map(({ name, address, rows, blocks }) => {
      const layout = { rows, blocks, units: this.shape.units, width: this.plan.width };
      const out = new Float32Array(rows * blocks * layout.units);
      narrow(this.engine.arena.floats(address, rows * blocks * layout.width), out, layout);
      return [name, out];
    });
    return Object.fromEntries(read) as RecurrentWeights;
  }
  private parameters(weights: Weights) {
    return parametersOf(this.shape).map((p) => ({ ...p, address: weights[p.name] }));
  }
}

type Parameter = { readonly name: keyof RecurrentWeights; readonly rows: number; readonly blocks: number };

/** The parameters of a kind of cell: rows, and blocks of `units` columns. */
function parametersOf({ kind, inputSize, units }: SequenceShape): Parameter[] {
  const blocks = gatesOf[kind];
  return [
    { name: "kernel", rows: inputSize, blocks },
    { name: "recurrentKernel", rows: units, blocks },
    { name: "bias", rows: 1, blocks },
    ...(kind === "gruResetAfter" ? [{ name: "recurrentBias" as const, rows: 1, blocks }] : []),
    ...(kind === "peephole" ? [{ name: "peephole" as const, rows: 3, blocks: 1 }] : []),
  ];
}

function checkLengths(shape: SequenceShape, weights: RecurrentWeights, { x, mask }: RecurrentInput): void {
  const { batch, timesteps, inputSize, units, kind } = shape;
  for (const name of ["batch", "timesteps", "inputSize", "units"] as const)
    if (!(Number.isInteger(shape[name]) && shape[name] > 0))
      throw new RangeError(`RecurrentRun: ${name}: expected a whole number > 0, got ${shape[name]}`);
  assertLength("RecurrentRun: x", x, batch * timesteps * inputSize);
  if (mask) assertLength("RecurrentRun: mask", mask, batch * timesteps);
  for (const { name, rows, blocks } of parametersOf(shape)) {
    const given = weights[name];
    if (!given) throw new RangeError(`RecurrentRun: weights.${name}: expected for ${kind}, got none`);
    assertLength(`RecurrentRun: weights.${name}`, given, rows * blocks * units);
  }
}

function assertLength(what: string, array: ArrayLike<number>, length: number): void {
  if (array.length !== length)
    throw new RangeError(`${what}: expected ${length} numbers, got ${array.length}`);
}
