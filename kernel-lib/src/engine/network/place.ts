import { nextJobId } from "../job";
import { padded } from "../plan";
import type { Cursor } from "../room";
import type { LossJob } from "../tasks/losses";
import type { NetworkConfig } from "./config";
import type { Layer, Signal } from "./layer";

/** Where everything of a network lies. */
export type Placement = {
  readonly input: Signal;
  readonly layers: readonly Layer[];
  readonly loss: LossJob;
  /** Addresses of the step's seed and of Adam's rates. */
  readonly seed: number;
  readonly rates: number;
};

/** Places a network's layers one behind the other, the loss at their end. */
export function placeNetwork(
  { batch, timesteps, input, layers }: NetworkConfig,
  threads: number,
  cursors: { readonly parameters: Cursor; readonly gradients: Cursor; readonly room: Cursor },
): Placement {
  const { room } = cursors;
  const features = input === "indices" ? 1 : input.features;
  const width = input === "indices" ? 1 : padded(features);
  const shape = { steps: timesteps, batch, features, width };
  const first: Signal = { ...shape, address: room.take(timesteps * batch * width), gradient: 0 };
  const seed = room.take(1);
  let signal = first;
  const placed = layers.map((place, index) => {
    const layer = place(signal, { ...cursors, threads, seed, index });
    signal = layer.output;
    return layer;
  });
  const rows = signal.steps * signal.batch;
  const loss: LossJob = {
    id: nextJobId(),
    rows,
    units: signal.features,
    width: signal.width,
    predictions: signal.address,
    gradient: signal.gradient,
    targets: room.take(rows * signal.width),
    losses: room.take(rows),
    scale: room.take(1),
  };
  return { input: first, layers: placed, loss, seed, rates: room.take(5) };
}
