import type { Job } from "../job";
import type { Cursor } from "../room";
import type { TaskName } from "../tasks";

/** A tensor [steps, batch, width] between two layers, and the place of its gradient. */
export type Signal = {
  readonly steps: number;
  readonly batch: number;
  /** Columns that count; those up to `width` are 0. */
  readonly features: number;
  readonly width: number;
  readonly address: number;
  /** 0 where nobody wants the gradient: the data. */
  readonly gradient: number;
};

/** How a parameter is filled at first. */
export type Initial = "glorotUniform" | "orthogonal" | "zeros" | "unitForgetBias" | "uniform";

/** A parameter [rows, blocks·units] with its gradient; in memory each block is `width` wide. */
export type Parameter = {
  readonly name: string;
  readonly rows: number;
  readonly blocks: number;
  readonly units: number;
  readonly width: number;
  readonly address: number;
  readonly gradient: number;
  readonly initial: Initial;
};

/** Tasks of one job, in order. */
export type Work = { readonly job: Job; readonly tasks: readonly TaskName[] };

/** A layer that has its place: what it reads and writes, and what is to be done for a training step. */
export type Layer = {
  readonly output: Signal;
  readonly parameters: readonly Parameter[];
  readonly forward: readonly Work[];
  /** What is done instead where the network predicts; `forward` unless given. */
  readonly predict?: readonly Work[];
  readonly backward: readonly Work[];
};

/** Where a layer finds room. */
export type Site = {
  readonly parameters: Cursor;
  readonly gradients: Cursor;
  readonly room: Cursor;
  readonly threads: number;
  /** Address of the step's seed. */
  readonly seed: number;
  /** The layer's place in the network, for its parameters' names. */
  readonly index: number;
};

/** Places a layer behind `input`. Called twice: once to measure, once in earnest. */
export type LayerSpec = (input: Signal, site: Site) => Layer;

/** Room for a tensor and its gradient. */
export function signal(
  room: Cursor,
  shape: { steps: number; batch: number; features: number },
  width: number,
): Signal {
  const floats = shape.steps * shape.batch * width;
  return { ...shape, width, address: room.take(floats), gradient: room.take(floats) };
}
