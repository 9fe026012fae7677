import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { LayersModel } from "@tensorflow/tfjs";
import type { TensorFlow } from "../tensorflow";
import type { Best } from "./early-stopping";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "./safetensors";
import { drawingLayers, optimizerState, setOptimizerState, setWeights, weightsOf } from "./snapshot";

/** Where a training stands after an epoch, besides weights and optimizer. */
export type Progress<Epoch> = {
  readonly step: number;
  readonly epochs: readonly Epoch[];
  readonly best: Best;
};

/** What has to be the same for a training to go on where it stopped. */
export type Settings = Readonly<Record<string, number | boolean | string>>;

/** A training's last checkpoint, one file in a folder. */
export class Checkpoint<Epoch> {
  private readonly tf: TensorFlow;
  private readonly model: LayersModel;
  private readonly folder: string;
  private readonly settings: Settings;

  constructor(tf: TensorFlow, model: LayersModel, folder: string, settings: Settings) {
    this.tf = tf;
    this.model = model;
    this.folder = folder;
    this.settings = settings;
  }

  private get file(): string {
    return join(this.folder, "checkpoint.safetensors");
  }

  /** Writes beside the last checkpoint, then renames: whenever the process ends, one of the two is whole. */
  async save({ step, epochs, best }: Progress<Epoch>): Promise<void> {
    const { tf, model } = this;
    const { weights: bestWeights = [], ...rest } = best;
    const tensors = {
      ...named("weights", weightsOf(model)),
      ...prefixed("optimizer", await optimizerState(tf, model.optimizer)),
      ...named("best", bestWeights),
    };
    const draws = drawingLayers(model).map((layer) => layer.draws);
    const training = JSON.stringify({ settings: this.settings, step, epochs, best: rest, draws });
    mkdirSync(this.folder, { recursive: true });
    writeBeside(this.file, encodeSafetensors(tensors, { training }));
  }

  /**
   * Sets model and optimizer to the last checkpoint.
   *
   * @returns undefined where there is none yet
   * @throws RangeError if it was made with other settings
   */
  async load(): Promise<Progress<Epoch> | undefined> {
    const { tf, model } = this;
    if (!existsSync(this.file)) return undefined;
    const { tensors, metadata } = decodeSafetensors(readFileSync(this.file));
    const { settings, draws, best, ...progress } = JSON.parse(metadata.training) as Progress<Epoch> & {
      settings: Settings;
      draws: number[];
    };
    for (const [name, value] of Object.entries(this.settings))
      if (settings[name] !== value)
        throw new RangeError(
          `fit: resume: ${name}: expected ${settings[name]} as in ${this.file}, got ${value}`,
        );
    setWeights(tf, model, group(tensors, "weights"));
    await setOptimizerState(tf, model.optimizer, unprefixed("optimizer", tensors));
    drawingLayers(model).forEach((layer, k) => {
      layer.draws = draws[k];
    });
    const weights = group(tensors, "best");
    // JSON has no infinity: it stands for "no loss yet".
    const loss = best.loss ?? Number.POSITIVE_INFINITY;
    return { ...progress, best: { ...best, loss, ...(weights.length ? { weights } : {}) } };
  }
}

function writeBeside(file: string, content: Uint8Array): void {
  const beside = `${file}.new`;
  const descriptor = openSync(beside, "w");
  try {
    for (let at = 0; at < content.length; ) at += writeSync(descriptor, content, at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(beside, file);
}

type Tensors = Readonly<Record<string, StoredTensor>>;

const prefixed = (prefix: string, tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix} ${name}`, tensor]));
const unprefixed = (prefix: string, tensors: Tensors): Tensors =>
  Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) =>
      name.startsWith(`${prefix} `) ? [[name.slice(prefix.length + 1), tensor]] : [],
    ),
  );
const named = (prefix: string, tensors: readonly StoredTensor[]): Tensors =>
  prefixed(prefix, Object.fromEntries(tensors.map((tensor, k) => [`#${k}`, tensor])));
const group = (tensors: Tensors, prefix: string): StoredTensor[] =>
  Object.values(unprefixed(prefix, tensors));
