import { rng } from "../../math/random";
import type { Block } from "../arena";
import { fromTimeMajor, narrow, toTimeMajor, widen } from "../layout";
import { Cursor, inOneBlock } from "../room";
import type { Runner } from "../runner";
import type { LossJob } from "../tasks/losses";
import type { NetworkConfig } from "./config";
import { initialValues } from "./initialize";
import type { Layer, Parameter, Signal, Work } from "./layer";
import { AdamRates } from "./optimizer";
import { placeNetwork } from "./place";

/**
 * A stack of layers that lives in the engine's arena as a whole, for batches of one size: nothing is copied between
 * its layers, and a training step takes its data and gives its loss. Weights, loss and Adam are as in Keras.
 */
export class Network {
  readonly parameters: readonly Parameter[];
  private readonly engine: Runner;
  private readonly config: NetworkConfig;
  private readonly layers: readonly Layer[];
  private readonly input: Signal;
  private readonly output: Signal;
  private readonly seedAddress: number;
  private readonly loss: LossJob;
  private readonly adam: AdamRates;
  private readonly blocks: readonly Block[];
  private steps = 0;

  /** @throws RangeError if the arena is full or a layer's setting is out of range */
  constructor(engine: Runner, config: NetworkConfig) {
    this.engine = engine;
    this.config = config;
    const { arena } = engine;
    const measure = new Cursor(0);
    placeNetwork(config, engine.threads, {
      parameters: measure,
      gradients: new Cursor(0),
      room: new Cursor(0),
    });
    const part = measure.next;
    const weights = arena.allocate(part, "parameters, gradients and Adam's memory");
    const room = inOneBlock(arena, "a network's layers", (cursor) =>
      placeNetwork(config, engine.threads, {
        parameters: new Cursor(weights.address),
        gradients: new Cursor(weights.address + part),
        room: cursor,
      }),
    );
    this.blocks = [weights, room.block];
    for (const { address, bytes } of this.blocks) arena.floats(address, bytes / 4).fill(0);
    this.layers = room.layers;
    this.input = room.input;
    this.output = (room.layers.at(-1) as Layer).output;
    this.seedAddress = room.seed;
    this.loss = room.loss;
    this.parameters = room.layers.flatMap((layer) => layer.parameters);
    const adam = {
      length: part / 4,
      parameters: weights.address,
      gradients: weights.address + part,
      mean: weights.address + 2 * part,
      variance: weights.address + 3 * part,
      rates: room.rates,
    };
    this.adam = new AdamRates(arena, adam, config.optimizer ?? {});
    const random = rng(config.seed);
    for (const parameter of this.parameters) this.set(parameter.name, initialValues(parameter, random));
  }

  /**
   * One training step.
   *
   * @param x [batch, timesteps, features], or indices [batch, timesteps]
   * @param y classes [batch, steps] for the softmax (negative: does not count), else [batch, steps, units]
   * @returns the mean loss before the step
   * @throws RangeError if the loss is not finite; the weights are then those before the step
   */
  train(x: Float32Array | Int32Array, y: Float32Array | Int32Array): number {
    this.steps++;
    this.engine.arena.integers(this.seedAddress, 1)[0] = (this.config.seed + this.steps) | 0;
    const loss = this.forward(x, y, (layer) => layer.forward);
    if (!Number.isFinite(loss))
      throw new RangeError(`Network.train: step ${this.steps}: the loss is ${loss}`);
    for (const layer of [...this.layers].reverse()) this.run(layer.backward);
    this.adam.next();
    this.run([{ job: this.adam.job, tasks: ["adam"] }]);
    return loss;
  }

  /** The mean loss without dropout; nothing is trained. */
  evaluate(x: Float32Array | Int32Array, y: Float32Array | Int32Array): number {
    return this.forward(x, y, (layer) => layer.predict ?? layer.forward);
  }

  /** The last layer's output [batch, steps, units] without dropout: logits, before any softmax or σ. */
  predict(x: Float32Array | Int32Array): Float32Array {
    this.writeInput(x);
    for (const layer of this.layers) this.run(layer.predict ?? layer.forward);
    const { steps, batch, features, width, address } = this.output;
    const out = new Float32Array(steps * batch * features);
    const layout = { batch, timesteps: steps, features, width };
    fromTimeMajor(this.engine.arena.floats(address, steps * batch * width), out, layout);
    return out;
  }

  /** A copy of a parameter's values, [rows, blocks·units]. */
  get(name: string): Float32Array {
    return this.read(this.parameter(name), "address");
  }
  /** A copy of its gradient in the last training step. */
  gradient(name: string): Float32Array {
    return this.read(this.parameter(name), "gradient");
  }
  /** @throws RangeError if there is no such parameter, or the number of values is not its own */
  set(name: string, values: Float32Array): void {
    const { rows, blocks, units, width, address } = this.parameter(name);
    assertLength(`Network.set: ${name}`, values, rows * blocks * units);
    widen(values, this.engine.arena.floats(address, rows * blocks * width), { rows, blocks, units, width });
  }

  /** Gives the network's room back. */
  release(): void {
    const jobs = this.layers.flatMap(({ forward, predict = [], backward }) => [
      ...forward,
      ...predict,
      ...backward,
    ]);
    for (const job of new Set([...jobs.map((work) => work.job), this.loss, this.adam.job]))
      this.engine.forget(job);
    for (const block of this.blocks) this.engine.arena.release(block);
  }

  private forward(
    x: Float32Array | Int32Array,
    y: Float32Array | Int32Array,
    work: (layer: Layer) => readonly Work[],
  ): number {
    this.writeInput(x);
    const counted = this.writeTargets(y);
    for (const layer of this.layers) this.run(work(layer));
    this.run([{ job: this.loss, tasks: [this.config.loss] }]);
    const losses = this.engine.arena.floats(this.loss.losses, this.loss.rows);
    return losses.reduce((total, loss) => total + loss, 0) / counted;
  }

  private run(work: readonly Work[]): void {
    for (const { job, tasks } of work) this.engine.run(job, tasks);
  }

  private writeInput(x: Float32Array | Int32Array): void {
    const { steps, batch, features, width, address } = this.input;
    assertLength("Network: x", x, batch * steps * features);
    const { arena } = this.engine;
    const layout = { batch, timesteps: steps, features, width };
    if (this.config.input !== "indices") toTimeMajor(x, arena.floats(address, steps * batch * width), layout);
    else toTimeMajor(x, arena.integers(address, steps * batch), layout);
  }

  /** Writes the targets and the loss's scale. @returns how many rows count */
  private writeTargets(y: Float32Array | Int32Array): number {
    const { steps, batch, features, width } = this.output;
    const { arena } = this.engine;
    const rows = steps * batch;
    const classes = this.config.loss === "softmaxCrossEntropy";
    const columns = classes ? 1 : features;
    assertLength("Network: y", y, rows * columns);
    const layout = { batch, timesteps: steps, features: columns, width: classes ? 1 : width };
    const room = classes
      ? arena.integers(this.loss.targets, rows)
      : arena.floats(this.loss.targets, rows * width);
    toTimeMajor(y, room, layout);
    const counted = classes ? Array.from(y).filter((target) => target >= 0).length : rows;
    if (counted === 0) throw new RangeError("Network: y: expected at least one class ≥ 0, got none");
    arena.floats(this.loss.scale, 1)[0] = 1 / counted;
    return counted;
  }

  private parameter(name: string): Parameter {
    const found = this.parameters.find((parameter) => parameter.name === name);
    if (found) return found;
    const names = this.parameters.map((parameter) => parameter.name).join(", ");
    throw new RangeError(`Network: expected a parameter of ${names}, got ${JSON.stringify(name)}`);
  }
  private read(parameter: Parameter, what: "address" | "gradient"): Float32Array {
    const { rows, blocks, units, width } = parameter;
    const out = new Float32Array(rows * blocks * units);
    narrow(this.engine.arena.floats(parameter[what], rows * blocks * width), out, parameter);
    return out;
  }
}

function assertLength(what: string, array: ArrayLike<number>, length: number): void {
  if (array.length !== length)
    throw new RangeError(`${what}: expected ${length} numbers, got ${array.length}`);
}
